/** What the grid of faces says. */

export const stage = {
  inTheRoom: "In the room",
  alone: "Nobody else is here just now. The others appear as they come in.",
  you: "You",
  youNamed: (name: string) => `You, ${name}`,
  ownPicture: "Your own picture",
  pictureOf: (name: string) => `${name}'s picture`,
  screenOf: (name: string) => `${name}'s screen`,
  cannotShow: "This browser cannot show the picture",
  away: "Away",
  awayNamed: (name: string) => `${name}, away: may come back`,
  facilitator: "facilitator",
  cameraOff: "camera off",
  microphoneOff: "microphone off",
};
