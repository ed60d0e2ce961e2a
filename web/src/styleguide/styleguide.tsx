import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { CalendarDays, Check, Info, NotebookPen, Settings, Users } from "../icons.ts";
import { Announcer } from "../ui/announcer.tsx";
import { SelectField } from "../ui/forms/choices.tsx";
import { PageHead } from "../ui/frame/page-head.tsx";
import { type Section, StaffFrame } from "../ui/frame/staff-frame.tsx";
import { ButtonsSection } from "./buttons.tsx";
import { ChartsSection } from "./charts.tsx";
import { DialogsSection } from "./dialogs.tsx";
import { FieldsSection } from "./fields.tsx";
import { StatesSection } from "./states.tsx";
import { TablesSection } from "./tables.tsx";
import { TokensSection } from "./tokens.tsx";
import { TypedSection } from "./typed.tsx";

type Theme = "device" | "light" | "dark";

const SHOWN: readonly (Section & { readonly page: ComponentType })[] = [
  { href: "#tokens", label: "Tokens", icon: Settings, page: TokensSection },
  { href: "#buttons", label: "Buttons and badges", icon: Check, page: ButtonsSection },
  { href: "#fields", label: "Fields", icon: NotebookPen, page: FieldsSection },
  { href: "#typed", label: "Days, times, zones", icon: CalendarDays, page: TypedSection },
  { href: "#tables", label: "Tables", icon: Users, waiting: { count: 43, of: "people" }, page: TablesSection },
  { href: "#dialogs", label: "Tabs and dialogs", icon: Info, page: DialogsSection },
  { href: "#states", label: "News and states", icon: Info, waiting: { count: 3, of: "states" }, page: StatesSection },
  { href: "#charts", label: "Charts", icon: CalendarDays, page: ChartsSection },
];

/** Every part of the design in all its states, in the frame of staff pages. */
export function Styleguide() {
  const [current, setCurrent] = useState(location.hash || "#tokens");
  const [theme, setTheme] = useState<Theme>("device");
  useEffect(() => {
    const follow = () => setCurrent(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    if (theme === "device") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  const account = (
    <>
      <span class="small">Dana Reyes</span>
      <button type="button" class="button">Sign out</button>
    </>
  );
  return (
    <>
      <StaffFrame sections={SHOWN} current={current} clinic="Harbor Light Clinic" account={account}>
        <PageHead
          title="Styleguide"
          lead="What Vesper's pages are made of, in all states. Development only."
          path={[{ href: "#tokens", label: "Design" }]}
          actions={
            <SelectField
              label="Theme"
              required
              choices={[
                { value: "device", label: "As the device" },
                { value: "light", label: "Light" },
                { value: "dark", label: "Dark" },
              ]}
              value={theme}
              onChoose={setTheme}
            />
          }
        />
        {SHOWN.map(({ href, label, page: Page }) => (
          <section key={href} id={href.slice(1)} class="guide" aria-labelledby={`${href.slice(1)}-title`}>
            <h2 id={`${href.slice(1)}-title`}>{label}</h2>
            <Page />
          </section>
        ))}
      </StaffFrame>
      <Announcer />
    </>
  );
}
