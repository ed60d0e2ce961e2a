import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RadioField, SelectField } from "./choices.tsx";
import { ErrorsSummary } from "./errors-summary.tsx";
import { PasswordField } from "./password-field.tsx";
import { TextField } from "./text-field.tsx";

const ROLES = [{ value: "client", label: "Client" }, { value: "observer", label: "Observer" }] as const;
const onInput = vi.fn<(value: string) => void>();

let root: HTMLElement;
beforeEach(() => {
  root = document.body.appendChild(document.createElement("div"));
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
});

const described = (control: Element | null) =>
  (control?.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);

it("a field has a label, help and an error, and says whether it is required", async () => {
  await act(() =>
    render(
      <>
        <TextField label="E-mail" help="The invitation goes there." error="An address has an @." required value="" onInput={onInput} />
        <TextField label="Phone" value="" onInput={onInput} />
      </>,
      root,
    ),
  );
  const [email, phone] = root.querySelectorAll("input");
  expect([...(email?.labels ?? [])].map((label) => label.textContent)).toEqual(["E-mail"]);
  expect(described(email ?? null)).toEqual(["The invitation goes there.", "An address has an @."]);
  expect([email?.required, email?.getAttribute("aria-invalid")]).toEqual([true, "true"]);
  expect([...(phone?.labels ?? [])].map((label) => label.textContent)).toEqual(["Phone (optional)"]);
  expect([phone?.required, phone?.hasAttribute("aria-describedby")]).toEqual([false, false]);
});

it("a password can be shown and hidden again", async () => {
  await act(() => render(<PasswordField label="Password" required autocomplete="current-password" value="x" onInput={onInput} />, root));
  const types: (string | undefined)[] = [];
  for (let press = 0; press < 3; press += 1) {
    types.push(root.querySelector("input")?.type);
    await act(() => root.querySelector("button")?.click());
  }
  expect(types).toEqual(["password", "text", "password"]);
});

it("an option is chosen by its value, and none is chosen at first", async () => {
  const onChoose = vi.fn<(value: "client" | "observer") => void>();
  await act(() => render(<SelectField label="Role" required choices={ROLES} value={null} onChoose={onChoose} />, root));
  const select = root.querySelector("select") ?? document.createElement("select");
  expect(select.value).toBe("");
  await act(() => {
    select.value = "observer";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  expect(onChoose.mock.calls).toEqual([["observer"]]);
});

it("the list of errors takes the focus, and leads to the first choice of a group", async () => {
  const errors = [{ field: "role", sentence: "Choose a role." }];
  await act(() =>
    render(
      <>
        <ErrorsSummary errors={errors} />
        <RadioField id="role" label="Role" required choices={ROLES} value={null} onChoose={onInput} />
      </>,
      root,
    ),
  );
  expect(document.activeElement?.textContent).toContain("One answer needs your attention");
  await act(() => root.querySelector("a")?.click());
  expect(document.activeElement).toBe(root.querySelector("input"));
});
