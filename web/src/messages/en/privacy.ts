/**
 * Everything the pages say about who sees and hears a person. It stands here alone, and a test holds each of the
 * `standing` sentences against every state in which it is shown.
 */

export const privacy = {
  standing: {
    client_door:
      "In the lobby, nobody sees or hears you from this page. If you were let in before, you may go straight back into the " +
      "group, with your camera and microphone off.",
    staff_door:
      "If you are on the staff of this session, you go straight into the room: everyone there sees and hears you as your " +
      "camera and microphone are set here. Everybody else waits in the lobby until they are let in.",
    lobby:
      "Nobody sees or hears you from this page. When you are let in, your camera and microphone are as they are set here.",
    resting:
      "You are back in the group. Your camera and microphone are off: nobody sees or hears you from this page until you " +
      "turn them on.",
    sending_broken: "The others may not see or hear you just now. We are connecting you again.",
    line_broken: "The others may still see and hear you.",
    sharing: "You are sharing your screen: everyone in the room sees it.",
    over: "The camera and the microphone of this page are off. You can close it.",
  },
  /** Where a camera is off, wherever that is said. */
  cameraOff: "Your camera is off. That is fine: in the group, the others see your first name and a letter instead.",
  /** On one's own picture, wherever it can be hidden. */
  hideOwn: "Hide my own picture from me. The others see it whenever your camera is on.",
  /** To who has left on one of several devices. */
  otherDevice: "If you came in on another device too, that one stays in until you leave there.",
  /** Of devices that the phone itself has stopped. */
  paused: "For the others it is as if you had switched it off.",
};
