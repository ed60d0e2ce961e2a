import { useState } from "preact/hooks";
import { Question } from "../ui/dialog.tsx";
import { toast } from "../ui/feedback/toasts.ts";
import { Button } from "../ui/forms/button.tsx";
import { TabPanel, Tabs } from "../ui/tabs.tsx";

type Name = "attendance" | "notes" | "plan";
type Asked = "question" | "confirm" | "failing" | null;

const ANSWER_MS = 800;
const TABS = [
  { name: "attendance", label: "Attendance" },
  { name: "notes", label: "Notes" },
  { name: "plan", label: "Treatment plan" },
] as const;

export function DialogsSection() {
  const [chosen, setChosen] = useState<Name>("attendance");
  const [asked, setAsked] = useState<Asked>(null);
  const close = () => setAsked(null);
  const remove = async () => {
    await new Promise((answer) => setTimeout(answer, ANSWER_MS));
    if (asked === "failing") throw new Error("The room could not be reached. Pat is still in it.");
    close();
    toast("Pat Morrow was removed from the list.", () => undefined);
  };
  return (
    <>
      <Tabs look="line" label="Parts of the record" tabs={TABS} chosen={chosen} onChoose={setChosen} />
      <TabPanel name={chosen}>
        <p>What {TABS.find(({ name }) => name === chosen)?.label} holds stands here.</p>
      </TabPanel>
      <div class="row">
        <Button onPress={() => setAsked("question")}>A short question</Button>
        <Button onPress={() => setAsked("confirm")}>With consequences</Button>
        <Button onPress={() => setAsked("failing")}>That fails</Button>
      </div>
      {asked === "question" && (
        <Question title="Sign out?" yes="Sign out" onYes={close} onNo={close}>
          <p>What you typed is kept on this device until then.</p>
        </Question>
      )}
      {(asked === "confirm" || asked === "failing") && (
        <Question
          title="Remove Pat Morrow from the list?"
          consequences={[
            "Pat's personal link stops working at once.",
            "Minutes that are credited already stay credited.",
            "Pat gets no message: let them know yourself.",
          ]}
          yes="Remove"
          grave
          onYes={remove}
          onNo={close}
          sentenceOf={(error) => (error instanceof Error ? error.message : "")}
        />
      )}
    </>
  );
}
