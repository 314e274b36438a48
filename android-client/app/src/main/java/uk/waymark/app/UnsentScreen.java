package uk.waymark.app;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import uk.waymark.client.Written;

/** What was written and is only on this phone, what the server said of it, and what the person can do about it. */
public final class UnsentScreen extends Screen {
    @Override
    protected void show() {
        title(getString(R.string.unsent));
        page.clear();
        List<Written> written = now().outbox().all().stream().filter(w -> !w.what().equals("push")).collect(Collectors.toList());
        if (written.stream().noneMatch(Written::unsent)) {
            page.text(getString(R.string.nothing_unsent));
        }
        for (Written w : written) {
            Page card = page.card();
            card.heading(getString(switch (w.what()) {
                case "attendance" -> R.string.dates;
                case "call_back" -> R.string.call_back;
                case "message" -> R.string.messages;
                case Written.FILE -> R.string.file;
                case "needs" -> R.string.needs;
                case "availability" -> R.string.days;
                default -> R.string.statement;
            }));
            card.text(time(w.at()));
            card.text(switch (w.state()) {
                case WAITING -> getString(R.string.kept_to_send);
                case SENT -> w.words().isEmpty() ? getString(R.string.sent) : w.words();
                case REFUSED -> getString(R.string.not_taken, w.words());
                case CONFLICT -> getString(R.string.conflict_elsewhere);
                case UNSURE -> getString(R.string.unsure);
            });
            if (w.state() == Written.State.UNSURE) {
                card.button(getString(R.string.send_again), () -> {
                    now().outbox().again(w.id());
                    send();
                });
            }
            if (w.state() == Written.State.CONFLICT) {
                card.button(getString(R.string.see_both), () -> decide(w));
            }
            if (w.state() != Written.State.WAITING && w.state() != Written.State.CONFLICT) {
                card.quiet(getString(R.string.remove), () -> {
                    now().outbox().drop(w.id());
                    show();
                });
            }
        }
        if (written.stream().anyMatch(Written::unsent)) {
            page.button(getString(R.string.send), this::send);
        }
    }

    /** Where both are shown and the person says which is right: on the screen on which it was written. */
    private void decide(Written w) {
        Optional<Written> maker = w.after() == null ? Optional.empty() : now().outbox().find(w.after());
        switch (w.what()) {
            case "needs" -> go(NeedsScreen.class, caseOf(w));
            case "availability" -> go(DaysScreen.class, caseOf(w));
            case "attendance" -> go(core().kept(DatesScreen.caseOf(w.path())), DatesScreen.class, caseId -> caseId);
            case WritingScreen.WHAT -> {
                if (maker.isPresent()) {
                    go(WritingScreen.class, WritingScreen.kept(caseOf(maker.get()), maker.get().id()));
                } else {
                    go(core().kept("statement " + w.path()), WritingScreen.class,
                            caseId -> WritingScreen.draft(caseId, WritingScreen.id(w.path())));
                }
            }
            default -> go(CasesScreen.class, null);
        }
    }

    private void go(Optional<String> caseId, Class<? extends Screen> screen, UnaryOperator<String> about) {
        if (caseId.isPresent()) {
            go(screen, about.apply(caseId.get()));
        } else {
            go(CasesScreen.class, null); // it could not be kept which case it is of: they all lead there
        }
    }

    /** The case in {@code /v1/me/cases/{id}/…}. */
    private static String caseOf(Written w) {
        return w.path().split("/")[4];
    }

    private void send() {
        Sending.soon(this);
        send(core().sends(), outcome -> {
            show();
            if (outcome == uk.waymark.client.Outbox.Outcome.LATER) {
                say(java.util.Optional.of(getString(R.string.no_line)));
            }
        });
    }
}
