import { afterEach, describe, expect, it } from "vitest";
import { comeBack } from "../storage.ts";
import { link, takeLink } from "./link.ts";

const RETURN = { session: "s1", known: { resume: "r", url: "ws://node", connection: "c" }, iceServers: [] };

afterEach(() => {
  sessionStorage.clear();
  history.replaceState(null, "", "/");
});

describe("the secret of a personal link", () => {
  it("leaves the address bar and is kept in the tab", () => {
    history.replaceState(null, "", "/join#s3cret");
    expect(takeLink()).toBe("s3cret");
    expect(location.href).not.toContain("s3cret");
    expect(link.read()).toBe("s3cret");
  });

  it("survives a reload, although it is no longer in the address", () => {
    link.keep("s3cret");
    expect(takeLink()).toBe("s3cret");
  });

  it("of another client does not let the previous one resume their room", () => {
    link.keep("pats");
    comeBack.keep(RETURN);
    history.replaceState(null, "", "/join#sams");
    takeLink();
    expect(comeBack.read()).toBeNull();
  });

  it("opened again keeps the resume", () => {
    link.keep("pats");
    comeBack.keep(RETURN);
    history.replaceState(null, "", "/join#pats");
    takeLink();
    expect(comeBack.read()).toEqual(RETURN);
  });
});
