import { afterEach, describe, expect, it } from "vitest";
import { attendancePath, currentRoute, followLinks, go, roomPath, routeOf } from "./router.ts";

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
  it("shows its page", () => {
    expect(routeOf("/")).toEqual({ page: "home" });
    expect(routeOf("/session/s1")).toEqual({ page: "room", session: "s1" });
    expect(routeOf("/session/s1/attendance")).toEqual({ page: "attendance", session: "s1" });
  });

  it("may end with a slash", () => {
    expect(routeOf("/session/s1/")).toEqual({ page: "room", session: "s1" });
    expect(routeOf(`${attendancePath("s1")}/`)).toEqual({ page: "attendance", session: "s1" });
  });

  it("without a page says so", () => {
    for (const path of ["/session", "/session/s1/other", "/session/s1/attendance/more", "/join/x", "/elsewhere"]) {
      expect(routeOf(path)).toEqual({ page: "unknown" });
    }
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
    expect(currentRoute()).toEqual({ page: "room", session: "s1" });
  });

  it("is left to the browser when it leads elsewhere, or to a new tab", () => {
    stopFollowing = followLinks();
    expect(click("https://example.org/").defaultPrevented).toBe(false);
    expect(click(roomPath("s1"), { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(currentRoute()).toEqual({ page: "home" });
  });
});
