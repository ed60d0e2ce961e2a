import { defineConfig } from "vitest/config";
import { budget } from "./budget.ts";

/** A browser loads the messages of one language. */
const oneOf = ["/src/messages/en/", "/src/messages/es/"];

export default defineConfig({
  build: {
    // The page is served under a policy without inline scripts, inline styles or data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The texts of the licences of all packages that come along, which those licences ask for; served beside the pages.
    license: { fileName: "licences.txt" },
    // One page for staff, one for clients and their guests: what a client's phone loads holds nothing of the other.
    rollupOptions: { input: ["index.html", "join.html"] },
  },
  plugins: [
    budget(
      { page: "join.html", firstKb: 40, wholeKb: 60, without: "/src/staff/", oneOf },
      { page: "index.html", firstKb: 120, wholeKb: 200, without: "/src/client/", oneOf },
    ),
  ],
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "*.test.ts"],
    setupFiles: ["src/messages/in-tests.ts"],
    // One environment for all files: each cleans up what it stored, and starting a browser's worth of them takes seconds.
    isolate: false,
  },
});
