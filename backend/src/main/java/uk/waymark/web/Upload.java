package uk.waymark.web;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import java.io.IOException;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A form that files can go with: {@code multipart/form-data} as browsers send it, or the same without files as
 * {@link Form} has it, which is how it comes back from the page to sign in. Read in memory; nothing of it touches a disk.
 *
 * @param files those that were chosen, in their order
 */
public record Upload(Form form, List<Sent> files) {

    private static final String HAD_FILES = "had_files";

    /** @param name as the device has it, or empty */
    public record Sent(String name, byte[] bytes) {
        /** Without its name or what is in it. */
        @Override
        public String toString() {
            return "Sent[" + bytes.length + "]";
        }
    }

    /** @param body null for none @throws Refused 400 for what is no form */
    public static Upload of(HttpRequest<?> request, byte[] body) {
        byte[] sent = body == null ? new byte[0] : body;
        return request.getContentType().filter(MediaType.MULTIPART_FORM_DATA_TYPE::matches).isPresent()
            ? parts(request.getHeaders().get(HttpHeaders.CONTENT_TYPE), sent)
            : new Upload(Form.of(new String(sent, StandardCharsets.UTF_8)), List.of());
    }

    private static Upload parts(String type, byte[] body) {
        var fields = new LinkedHashMap<String, List<String>>();
        var files = new ArrayList<Sent>();
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            if (!HttpPostRequestDecoder.isMultipart(request)) {
                throw new Refused(Refusal.own(400, "bad-request")); // without a boundary
            }
            decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), request);
            for (var part : decoder.getBodyHttpDatas()) {
                if (part instanceof FileUpload file) {
                    // an input that nothing was chosen in is sent too, with no name and nothing in it
                    if (file.length() > 0 || !file.getFilename().isEmpty()) {
                        files.add(new Sent(file.getFilename(), file.get()));
                    }
                } else if (part instanceof Attribute field) {
                    fields.computeIfAbsent(field.getName(), n -> new ArrayList<>()).add(field.getValue());
                }
            }
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException | IllegalCharsetNameException | UnsupportedCharsetException
                | IOException e) {
            throw new Refused(Refusal.own(400, "bad-request"));
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
            request.release();
        }
        if (!files.isEmpty()) {
            fields.put(HAD_FILES, List.of("true"));
        }
        return new Upload(new Form(fields), List.copyOf(files));
    }

    /** Whether files went with it that the way over the page to sign in has lost: they have to be chosen again. */
    boolean lostFiles() {
        return files.isEmpty() && form.find(HAD_FILES).isPresent();
    }

    @Override
    public String toString() {
        return "Upload" + form.fields().keySet();
    }
}
