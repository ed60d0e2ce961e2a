import { expect, it } from "vitest";
import { devices as english } from "./en/devices.ts";
import { devices as spanish } from "./es/devices.ts";

it("camera and microphone with the same trouble are helped in one go", () => {
  expect(english.trouble.denied(["microphone", "camera"])).toContain("allow the microphone and camera");
  expect(spanish.trouble.denied(["microphone", "camera"])).toContain("dé permiso al micrófono y la cámara");
});

it("each trouble says what to do next", () => {
  for (const trouble of ["denied", "missing", "busy"] as const) {
    expect(english.trouble[trouble](["camera"])).toContain("Try again");
    expect(spanish.trouble[trouble](["camera"])).toContain("Intentar de nuevo");
  }
});
