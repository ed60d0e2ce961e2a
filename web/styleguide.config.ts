import { defineConfig } from "vite";

/** The styleguide alone, for the tests: the app's own build has no part of it. */
export default defineConfig({
  build: {
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    minify: false,
    rollupOptions: { input: "styleguide.html" },
  },
});
