import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

interface Props {
  /** `main` is the main action (one per screen); `grave` affects others or cannot be undone. */
  readonly kind?: "main" | "grave" | "plain" | undefined;
  readonly type?: "button" | "submit";
  readonly wide?: boolean;
  /** It was pressed and awaits the answer: it keeps the focus, and further presses do nothing. */
  readonly busy?: boolean;
  /** Shown instead of the children while busy. */
  readonly busyWords?: string;
  readonly disabled?: boolean;
  readonly onPress?: () => void;
  readonly children: ComponentChildren;
}

type Rest = Omit<ButtonHTMLAttributes, keyof Props | "class" | "onClick">;

export function Button({ kind, type = "button", wide = false, busy = false, busyWords, disabled, onPress, children, ...rest }: Props & Rest) {
  const press = (event: Event) => {
    if (busy) event.preventDefault();
    else onPress?.();
  };
  return (
    <button
      {...rest}
      {...(type === "submit" ? { type: "submit" } : { type: "button" })}
      class={["button", kind, wide && "wide"].filter(Boolean).join(" ")}
      aria-disabled={busy}
      aria-busy={busy}
      disabled={disabled}
      onClick={press}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {busy && busyWords !== undefined ? busyWords : children}
    </button>
  );
}
