package uk.waymark.client;

import java.io.IOException;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.RequestBody;
import uk.waymark.client.http.JSON;
import uk.waymark.client.model.Activation;
import uk.waymark.client.model.CodeRequest;
import uk.waymark.client.model.DeviceDescription;
import uk.waymark.client.model.DevicePlatform;
import uk.waymark.client.model.SignInRequest;

/** Signing in and out of this device. What is kept belongs to one account: for another one it is destroyed first. */
public final class SignIn {
    private static final String ACCOUNT = "account";

    private final Line line;
    private final Session session;
    private final String device;

    /** @param device a random identifier that was made when the app was installed, 8 to 64 characters */
    public SignIn(Line line, Session session, String device) {
        this.line = line;
        this.session = session;
        this.device = device;
    }

    /** Takes an invitation up; a code comes by text. The answer's {@code detail} says what to do. */
    public Answer activate(String invitation, String reference, String mobile, String pin, String language) throws IOException {
        Activation activation = new Activation();
        activation.setInvitationCode(invitation);
        activation.setCrimeReference(reference);
        activation.setMobile(mobile);
        activation.setPin(pin);
        return line.ask(post("/v1/sign-in/activations", activation, language));
    }

    /** Asks for a code by text. @param pin null for none */
    public Answer requestCode(String mobile, String pin, String language) throws IOException {
        CodeRequest request = new CodeRequest();
        request.setMobile(mobile);
        request.setPin(pin);
        return line.ask(post("/v1/sign-in/codes", request, language));
    }

    /** What a sign-in says of the PIN. It is said once, to who has just typed it. */
    public enum Pin {
        FINE,
        /** Nobody signs in here again without one, and there is none. */
        NEEDED,
        /** The one that was chosen was not taken; there is none. */
        NOT_TAKEN,
        /** The one that was chosen was not taken; there is another, which stays. */
        STAYS,
        /** There is one, and it is to be changed to another. */
        TO_CHANGE
    }

    /** @param answer to the sign-in; @param pin null where nobody is signed in */
    public record Entered(Answer answer, Pin pin) {}

    /** As {@link #onCall}, with a code from a text. */
    public Entered signIn(String mobile, String code, String newPin, String deviceName, String language) throws IOException {
        return onCall(mobile, null, code, null, newPin, deviceName, language);
    }

    /**
     * Signs in with a code, which may have been read out on a call.
     *
     * @param mobile null where the reference says who it is
     * @param reference of one of the person's cases; null where the number says who it is
     * @param pin the PIN that there is, which a code from a call takes; null for none
     * @param newPin the PIN to ask for from now on; null for none
     * @throws IOException where there is no line; also where it goes just after the code was taken and what is kept may be another
     *         account's: then nobody is signed in, nothing is lost, and another code is needed
     */
    public Entered onCall(String mobile, String reference, String code, String pin, String newPin, String deviceName, String language)
            throws IOException {
        long age = line.vault().age();
        SignInRequest request = new SignInRequest();
        request.setMobile(mobile);
        request.setCrimeReference(reference);
        request.setCode(code);
        request.setPin(pin);
        request.setNewPin(newPin);
        DeviceDescription description = new DeviceDescription();
        description.setName(deviceName);
        description.setPlatform(DevicePlatform.ANDROID);
        request.setDevice(description);
        Answer answer = line.ask(post("/v1/sign-in/tokens", request, language));
        if (!answer.ok()) {
            return new Entered(answer, null);
        }
        Session.Tokens tokens = line.tokens(answer);
        Answer me = line.ask(line.request("/v1/me").header("Authorization", "Bearer " + tokens.access()).build());
        if (!me.ok()) {
            throw new IOException("who it is cannot be read: " + me.status());
        }
        if (!keep(tokens, me.text("account_id"), age)) {
            throw new IOException("the person has left meanwhile");
        }
        return new Entered(answer, pin(answer, me));
    }

    private static Pin pin(Answer tokens, Answer me) {
        if (tokens.text("pin_taken").equals("false")) {
            return me.text("has_pin").equals("true") ? Pin.STAYS : Pin.NOT_TAKEN;
        }
        return me.text("pin_needed").equals("true") ? Pin.NEEDED : tokens.text("pin_to_change").equals("true") ? Pin.TO_CHANGE : Pin.FINE;
    }

    private boolean keep(Session.Tokens tokens, String account, long begun) {
        synchronized (line.vault()) {
            if (line.vault().age() != begun) {
                return false;
            }
            Optional<String> before = line.vault().get(ACCOUNT);
            if (before.isPresent() && !before.get().equals(account)) {
                session.wipe();
            }
            line.vault().put(ACCOUNT, account);
            return session.keep(tokens, line.vault().age());
        }
    }

    /** Whether somebody has signed in on this phone before, whose things may still be kept. */
    public boolean somebody() {
        return line.vault().get(ACCOUNT).isPresent();
    }

    /**
     * Ends the sign-in here, whatever the line is like: everything that is kept is destroyed first, and only then is the server told.
     *
     * @return tells the server; to be run where a wait does no harm. False where it could not be told
     */
    public Farewell leave() {
        Optional<Session.Tokens> tokens = tokens();
        session.wipe();
        line.cancel();
        return () -> {
            Request.Builder exit = line.request("/v1/exit").post(RequestBody.create(new byte[0], null));
            tokens.ifPresent(t -> exit.header("Authorization", "Bearer " + t.access()));
            try {
                return line.ask(exit.build()).ok();
            } catch (IOException e) {
                return false;
            }
        };
    }

    private Optional<Session.Tokens> tokens() {
        try {
            return session.tokens();
        } catch (Vault.VaultException e) {
            return Optional.empty(); // what cannot be read is destroyed all the same
        }
    }

    /** Tells the server that this device has left. */
    public interface Farewell {
        boolean say();
    }

    private Request post(String path, Object body, String language) {
        return line.request(path).header("Waymark-Device", device).header("Accept-Language", language)
                .post(Line.json(JSON.getGson().toJson(body))).build();
    }
}
