import { afterEach, describe, expect, it } from "vitest";
import { attendancePath, currentPath, followLinks, go, matched, roomPath } from "./router.ts";

let stopFollowing: (() => void) | null = null;

function click(href: string, pressed: MouseEventInit = {}): MouseEvent {
  const link = document.createElement("a");
  link.href = href;
  document.body.append(link);
  const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...pressed });
  link.dispatchEvent(event);
  return event;
}

describe("an address", () => {
  it("names the ids in it", () => {
    expect(matched("/", "/")).toEqual({});
    expect(matched("/session/:session", roomPath("s1"))).toEqual({ session: "s1" });
    expect(matched("/session/:session/attendance", attendancePath("s1"))).toEqual({ session: "s1" });
  });

  it("may end with a slash", () => {
    expect(matched("/session/:session", "/session/s1/")).toEqual({ session: "s1" });
  });

  it("of another shape does not fit", () => {
    for (const path of ["/", "/session", "/session/s1/other", "/sessions/s1"]) expect(matched("/session/:session", path)).toBeNull();
  });
});

describe("a link", () => {
  afterEach(() => {
    stopFollowing?.();
    document.body.replaceChildren();
    go("/");
  });

  it("within the app changes the page without loading it", () => {
    stopFollowing = followLinks();
    const event = click(roomPath("s1"));
    expect(event.defaultPrevented).toBe(true);
    expect(currentPath()).toBe("/session/s1");
  });

  it("is left to the browser when it leads elsewhere, or to a new tab", () => {
    stopFollowing = followLinks();
    expect(click("https://example.org/").defaultPrevented).toBe(false);
    expect(click(roomPath("s1"), { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(currentPath()).toBe("/");
  });
});
