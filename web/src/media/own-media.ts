import { useEffect, useState } from "preact/hooks";
import { LocalMedia } from "./local.ts";

/**
 * This person's own media for as long as the component is shown. Camera and microphone are asked for once `wanted`:
 * nobody should be asked at a door that does not open. Who comes back `straightIn`, past the door, is not shown to others
 * before they say so.
 */
export function useOwnMedia(wanted: boolean, straightIn: boolean): LocalMedia {
  const [media] = useState(() => new LocalMedia());
  useEffect(() => {
    if (wanted) media.begin(straightIn);
  }, [media, wanted]);
  useEffect(() => () => media.end(), [media]);
  return media;
}
