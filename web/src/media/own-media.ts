import { useEffect, useState } from "preact/hooks";
import { LocalMedia } from "./local.ts";

/**
 * This person's own media while the component is shown. Camera and microphone are requested once `wanted`, since nobody
 * should be asked at a closed door. A person who comes back `straightIn`, past the door, is not shown to others before
 * they turn their devices on.
 */
export function useOwnMedia(wanted: boolean, straightIn: boolean): LocalMedia {
  const [media] = useState(() => new LocalMedia());
  useEffect(() => {
    if (wanted) media.begin(straightIn);
  }, [media, wanted]);
  useEffect(() => () => media.end(), [media]);
  return media;
}
