package uk.waymark.attachments;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.platform.Sql;

/** For whoever has messages: which files go with one, and which went with which. */
@Singleton
public final class Attachments {
    private final AttachmentStore store;
    private final AttachmentSettings settings;
    private final Findings findings;

    Attachments(AttachmentStore store, AttachmentSettings settings, Findings findings) {
        this.findings = findings;
        this.store = store;
        this.settings = settings;
    }

    /**
     * Files go with a message, in the order in which they are named: all of them or none.
     *
     * @param c of the transaction that writes the message: the sender's own, or a worker's of the force
     */
    public Sent attach(Connection c, UUID messageId, UUID caseId, Sender who, List<UUID> attachmentIds) {
        if (attachmentIds.isEmpty()) {
            return new Sent.Taken();
        }
        int most = AttachmentRule.of(c, caseId).map(AttachmentRule::messageFiles).orElse(0);
        if (attachmentIds.size() > most) {
            return new Sent.TooMany(most);
        }
        if (new HashSet<>(attachmentIds).size() < attachmentIds.size()) {
            return new Sent.NotThere();
        }
        String staff = who instanceof Sender.OfStaff s ? s.subject() : null;
        boolean taken = Sql.one(c, "select waymark.gate_send_attachments(?, ?, ?, ?::text, ?) as taken", r -> r.getBoolean("taken"), messageId,
            caseId, who.person(), staff, attachmentIds.toArray(UUID[]::new)).orElse(false);
        return taken ? new Sent.Taken() : new Sent.NotThere();
    }

    /** How much can go with one message in this case. @throws java.util.NoSuchElementException where there is no such case */
    public uk.waymark.api.model.FilesTaken taken(Connection c, UUID caseId) {
        AttachmentRule rule = AttachmentRule.of(c, caseId).orElseThrow();
        return new uk.waymark.api.model.FilesTaken(rule.fileBytes(), rule.messageFiles());
    }

    /**
     * By message, in the order in which they were sent; only those that the caller may see, and no entry for a message without. Staff are told
     * of what cannot be read any more.
     *
     * @param c of a transaction of staff or a worker of the force
     */
    public Map<UUID, List<Attachment>> of(Connection c, Collection<UUID> messageIds) {
        Map<UUID, List<Kept>> found = store.ofMessages(c, messageIds);
        found.values().stream().flatMap(List::stream).filter(k -> !k.readable()).forEach(k -> findings.unreadable(c, k));
        var shown = new LinkedHashMap<UUID, List<Attachment>>();
        found.forEach((message, files) -> shown.put(message, files.stream().map(Kept::shown).toList()));
        return shown;
    }

    /** As the contract has it. @param language of the reason, {@code en} or {@code cy} */
    public uk.waymark.api.model.Attachment shown(Attachment a, String language) {
        var shown = new uk.waymark.api.model.Attachment(a.id(), a.name() == null ? settings.text("name.unreadable") : a.name(),
            uk.waymark.api.model.AttachmentType.fromValue(a.type()), a.size(),
            uk.waymark.api.model.AttachmentState.fromValue(a.state().wire()));
        if (a.state() != Attachment.State.READY) {
            shown.setReason(settings.text(a.name() == null ? "reason.unreadable" : "reason." + a.state().wire(), language));
        }
        return shown;
    }
}
