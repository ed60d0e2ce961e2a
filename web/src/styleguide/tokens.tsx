const COLOURS = [
  "sunken", "paper", "surface", "raised", "hover", "ink", "ink-soft", "line", "edge", "accent", "accent-hover", "accent-wash", "lamp",
  "lamp-wash", "focus", "good", "good-wash", "warn", "warn-wash", "bad", "bad-wash", "bad-solid", "data-green", "data-indigo", "data-amber",
  "data-red", "data-grey", "data-ground",
];
const SIZES = ["text-title", "text-xl", "text-l", "text-m", "text-s"];
const SPACES = ["s1", "s2", "s3", "s4", "s5", "s6", "s7"];

export function TokensSection() {
  return (
    <>
      <ul class="swatches">
        {COLOURS.map((name) => (
          <li key={name} class="swatch">
            <i style={{ background: `var(--${name})` }} />
            {name}
          </li>
        ))}
      </ul>
      <div class="letters">
        {SIZES.map((name, place) => (
          <p key={name} style={{ fontSize: `var(--${name})`, fontFamily: place < 2 ? "var(--font-title)" : "var(--font)" }}>
            {name}: the group begins at 6:00 PM
          </p>
        ))}
      </div>
      <ul class="letters">
        {SPACES.map((name) => (
          <li key={name} class="space">
            <i style={{ width: `var(--${name})` }} />
            {name}
          </li>
        ))}
      </ul>
    </>
  );
}
