package uk.waymark.web;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uk.waymark.api.model.Attachment;
import uk.waymark.api.model.AttachmentState;
import uk.waymark.api.model.ConversationView;
import uk.waymark.api.model.FilesTaken;

/** Gives the API the files of a form, one after the other, until one of them is not taken. */
@Singleton
final class MessageFiles {
    private static final int LONGEST_NAME = 100;
    private static final Map<String, MessagesText> WHY = Map.ofEntries(Map.entry("file-heic", MessagesText.FILE_HEIC),
        Map.entry("file-webp", MessagesText.FILE_WEBP), Map.entry("file-gif", MessagesText.FILE_GIF),
        Map.entry("file-archive", MessagesText.FILE_ARCHIVE), Map.entry("file-broken", MessagesText.FILE_BROKEN),
        Map.entry("file-pixels", MessagesText.FILE_PIXELS), Map.entry("file-encrypted", MessagesText.FILE_ENCRYPTED),
        Map.entry("file-pages", MessagesText.FILE_PAGES), Map.entry("file-jpeg2000", MessagesText.FILE_REPRINT),
        Map.entry("file-form", MessagesText.FILE_REPRINT), Map.entry("attachments-full", MessagesText.FILE_FULL),
        Map.entry("too-large", MessagesText.FILE_LARGE));

    /** @param form with what was taken @param fault of the first file that was not, or null */
    record Added(MessageForm form, Page.Fault fault) { }

    /** @param typed with the files that were added before */
    Added add(Visit visit, UUID caseId, Upload upload, MessageForm typed) {
        MessageForm form = typed;
        if (upload.files().isEmpty()) {
            return new Added(form, null);
        }
        FilesTaken most = visit.api().get(MessagesController.messages(caseId) + "?limit=1", ConversationView.class).orRefuse()
            .getFilesTaken();
        for (int i = 0; i < upload.files().size(); i++) {
            Upload.Sent file = upload.files().get(i);
            if (form.files().size() >= most.getMessageFiles()) {
                return not(form, MessagesText.FILE_MANY);
            }
            if (file.bytes().length > most.getFileBytes()) {
                return not(form, MessagesText.FILE_LARGE);
            }
            switch (give(visit, caseId, file, upload.form().find(Form.ONCE).map(Form.ONCE::concat).orElse("") + i)) {
                case Reply.Done<Attachment> done when done.body().getState() == AttachmentState.REFUSED -> {
                    return not(form, MessagesText.FILE_HARMFUL);
                }
                case Reply.Done<Attachment> done -> form = form.with(new MessageForm.Named(done.body().getId(), done.body().getName()));
                case Reply.No<Attachment> no when no.refusal().mendable() || no.refusal().status() == 413
                    || no.refusal().status() == 415 -> {
                    return not(form, WHY.getOrDefault(no.refusal().code(), MessagesText.FILE_KIND));
                }
                case Reply.No<Attachment> no -> throw new Refused(no.refusal());
            }
        }
        return new Added(form, null);
    }

    /** Those that the API still has; none where it has them all, since then one of them went with another message already. */
    MessageForm left(Visit visit, UUID caseId, MessageForm typed) {
        var left = typed.files().stream().filter(f -> !(visit.api().get(MessagesController.messages(caseId) + "/attachments/" + f.id(),
            OwnFile.class) instanceof Reply.No<OwnFile> no) || no.refusal().status() != 404).toList();
        return left.size() == typed.files().size() ? new MessageForm(List.of()) : new MessageForm(left);
    }

    /** @param key of this file in this form: sent twice it is kept once */
    private static Reply<Attachment> give(Visit visit, UUID caseId, Upload.Sent file, String key) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", type(file.bytes()));
        headers.put("Idempotency-Key", key);
        String name = file.name().substring(Math.max(0, file.name().length() - LONGEST_NAME)).strip();
        if (!name.isEmpty()) {
            headers.put("File-Name", Visit.encode(name).replace("+", "%20"));
        }
        return visit.api().create(MessagesController.messages(caseId) + "/attachments", file.bytes(), Attachment.class, headers);
    }

    /** By how it begins, since devices name types as they like. What is none of the three is sent as one: the API says what it is. */
    private static String type(byte[] bytes) {
        int first = bytes.length < 4 ? 0 : (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
        return first == 0x89504e47 ? "image/png" : first == 0x25504446 ? "application/pdf" : "image/jpeg";
    }

    private static Added not(MessageForm form, MessagesText why) {
        return new Added(form, new Page.Fault(MessageForm.FILE, why));
    }
}
