package uk.waymark.web;

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
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What a browser sent with a file: {@code multipart/form-data}, held in memory, since the server takes no more than a few MB.
 *
 * @param form without the file
 * @param file its bytes; none where none was chosen
 */
public record FormWithFile(Form form, byte[] file) {

    /**
     * @param body of the request; also of an ordinary form, which has no file: that is how one comes back after signing in anew
     * @throws Refused 400 for what is no form
     */
    public static FormWithFile of(HttpRequest<?> request, byte[] body) {
        byte[] sent = body == null ? new byte[0] : body;
        if (request.getContentType().filter(t -> t.getName().equals(MediaType.MULTIPART_FORM_DATA)).isEmpty()) {
            return new FormWithFile(Form.of(new String(sent, StandardCharsets.UTF_8)), new byte[0]);
        }
        var whole = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(sent));
        whole.headers().set(HttpHeaderNames.CONTENT_TYPE, request.getHeaders().get("Content-Type"));
        HttpPostMultipartRequestDecoder decoder = null;
        try {
            decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), whole);
            var fields = new LinkedHashMap<String, List<String>>();
            byte[] file = new byte[0];
            for (InterfaceHttpData data : decoder.getBodyHttpDatas()) {
                if (data instanceof FileUpload upload) {
                    file = upload.get();
                } else if (data instanceof Attribute attribute) {
                    fields.computeIfAbsent(attribute.getName(), n -> new ArrayList<>()).add(attribute.getValue());
                }
            }
            return new FormWithFile(new Form(fields), file);
        } catch (HttpPostRequestDecoder.ErrorDataDecoderException | HttpPostRequestDecoder.TooManyFormFieldsException
                | HttpPostRequestDecoder.TooLongFormFieldException e) {
            throw new Refused(Refusal.own(400, "bad-request"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (decoder != null) {
                decoder.destroy();
            }
        }
    }

    /** Without what was typed. */
    @Override
    public String toString() {
        return "FormWithFile[" + form + ", " + file.length + " bytes]";
    }
}
