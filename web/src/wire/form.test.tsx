import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Form, forgetForms, formsBelongTo, useForm } from "./form.ts";
import { RequestRefused } from "./request.ts";

interface Plan {
  readonly title: string;
  readonly pin: string;
}

let root: HTMLElement;
let form: Form<Plan>;
let sent: Plan[] = [];
let refusal: Error | null = null;

function Page({ name }: { readonly name: string }) {
  form = useForm<Plan>({
    name,
    blank: { title: "", pin: "" },
    unkept: ["pin"],
    send: async (plan) => {
      sent.push(plan);
      if (refusal !== null) throw refusal;
    },
  });
  return null;
}

const open = (name = "plan 1") => act(() => render(<Page key={name} name={name} />, root));
const reload = async () => {
  await act(() => render(null, root));
  await open();
};
const type = (changed: Partial<Plan>) => act(() => form.set(changed));

beforeEach(async () => {
  root = document.body.appendChild(document.createElement("div"));
  sent = [];
  refusal = null;
  await open();
});
afterEach(async () => {
  await act(() => render(null, root));
  root.remove();
  sessionStorage.clear();
});

it("keeps what was typed through a reload, but no secret", async () => {
  await type({ title: "Evening group" });
  await type({ pin: "1234" });
  expect(JSON.stringify({ ...sessionStorage })).not.toContain("1234");
  await reload();
  expect(form.values).toEqual({ title: "Evening group", pin: "" });
});

it("keeps what was typed through a refusal, and says why and where", async () => {
  await type({ title: "Evening group" });
  refusal = new RequestRefused("invalid_input", 422, "A title has at most 80 letters.", "$.title");
  await act(() => form.submit());
  expect(form.trouble).toMatchObject({ sentence: "A title has at most 80 letters.", field: "title" });
  expect(form.values.title).toBe("Evening group");
});

it("keeps what was typed when the sign-in is lost, for the same person", async () => {
  formsBelongTo("dana");
  await type({ title: "Evening group" });
  refusal = new RequestRefused("not_signed_in", 401, "…");
  await act(() => form.submit());
  formsBelongTo("dana");
  await reload();
  expect(form.values.title).toBe("Evening group");
});

it("shows nobody what another person typed in this tab", async () => {
  formsBelongTo("dana");
  await type({ title: "Evening group" });
  formsBelongTo("kim");
  await reload();
  expect(form.values.title).toBe("");
});

it("is empty once it was accepted or given up, or its writer signed out", async () => {
  for (const end of [() => form.submit(), () => form.clear(), () => forgetForms()]) {
    await type({ title: "Evening group" });
    await act(end);
    await reload();
    expect(form.values.title).toBe("");
  }
  expect(sent).toEqual([{ title: "Evening group", pin: "" }]);
});

it("about one record shows nothing of another", async () => {
  await type({ title: "Evening group" });
  await open("plan 2");
  expect(form.values.title).toBe("");
});

it("is sent once, however often its button is pressed", async () => {
  await act(async () => {
    await Promise.all([form.submit(), form.submit()]);
  });
  expect(sent).toHaveLength(1);
  expect(form.busy).toBe(false);
});
