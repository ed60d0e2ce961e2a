import { Banner, Wait } from "../ui/banner.tsx";
import { online } from "../ui/feedback/online.ts";
import { Empty, Failed } from "../ui/feedback/states.tsx";
import { toast } from "../ui/feedback/toasts.ts";
import { Button } from "../ui/forms/button.tsx";

export function StatesSection() {
  return (
    <>
      <div class="row">
        <Button onPress={() => toast("Saved.")}>News</Button>
        <Button onPress={() => toast("Session cancelled.", () => undefined)}>News with a way back</Button>
        <Button onPress={() => (online.value = !online.value)}>{online.value ? "Go offline" : "Go online"}</Button>
      </div>
      <Banner>The group moves to 6:30 PM from next week.</Banner>
      <Banner tone="good">The note is signed.</Banner>
      <Banner tone="warn" action={<Button>Look at them</Button>}>
        Two notes have waited for more than three days.
      </Banner>
      <Failed sentence="The list could not be fetched. Check your connection." onAgain={() => toast("Tried again.")} />
      <Wait>Fetching today's sessions…</Wait>
      <Empty title="No sessions today" action={<Button kind="main">Plan a session</Button>}>
        The next one is on Monday at 6:00 PM.
      </Empty>
    </>
  );
}
