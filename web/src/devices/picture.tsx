import { useEffect, useRef } from "preact/hooks";

interface PictureProps {
  readonly track: MediaStreamTrack;
  readonly label: string;
}

/** Moving pictures of one track, without sound. */
export function Picture({ track, label }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = video.current;
    if (shown === null) return;
    shown.srcObject = new MediaStream([track]);
    // Pictures have no sound to refuse: this one starts by itself as soon as the browser allows it.
    shown.play().catch(() => undefined);
    return () => {
      shown.srcObject = null;
    };
  }, [track]);
  return <video ref={video} muted autoPlay playsInline disablePictureInPicture aria-label={label} />;
}
