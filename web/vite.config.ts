import { defineConfig } from "vitest/config";

export default defineConfig({
  build: {
    // The page is served under a policy without inline scripts, inline styles or data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    // One environment for all files: each cleans up what it stored, and starting a browser's worth of them takes seconds.
    isolate: false,
  },
});
