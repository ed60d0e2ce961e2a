/** The view that this page sends to the engine: the size of each picture, or that it is not shown. */

import type { Size, View } from "../wire/protocol.gen.ts";
import type { TileView } from "./tiles.ts";

/** The view of these tiles, each as large as `tile` in points, on a screen with `pixels` pixels per point. */
export function viewOf(tiles: readonly TileView[], tile: Size, pixels: number, visible: boolean): View {
  const shown = { width: Math.round(tile.width * pixels), height: Math.round(tile.height * pixels) };
  const cameras: Record<string, Size | null> = {};
  const screens: Record<string, Size | null> = {};
  for (const { connections, shows, screen, mine } of tiles) {
    for (const connection of mine ? [] : connections) cameras[connection] = connection === shows && visible ? shown : null;
    if (screen && shows !== null) screens[shows] = visible ? shown : null;
  }
  return { type: "view", cameras, screens };
}

const CALM_MS = 150;

/** Sends a view once it has changed and is stable, and again to a new connection. */
export class Viewing {
  private view: View | null = null;
  private said = "";
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly say: (view: View) => boolean;

  constructor(say: (view: View) => boolean) {
    this.say = say;
  }

  show(view: View): void {
    this.view = view;
    if (JSON.stringify(view) === this.said) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sayNow(), CALM_MS);
  }

  /** Send the view to the node of a new connection. */
  sayAgain(): void {
    this.said = "";
    this.sayNow();
  }

  end(): void {
    clearTimeout(this.timer);
    this.view = null;
    this.said = "";
  }

  private sayNow(): void {
    clearTimeout(this.timer);
    if (this.view !== null && this.say(this.view)) this.said = JSON.stringify(this.view);
  }
}
