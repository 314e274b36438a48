package uk.waymark.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** A server that says what a test tells it to say, by the beginning of method and path; the longest that fits counts. */
final class Said extends Dispatcher {
    static final String CASE = "0198c2a4-77d1-7c52-9b1e-5f0a4c3d2e10";
    static final String DATE = "0198c2a4-7e00-7e11-8a2b-1c2d3e4f5a07";

    static final String CALL = "0198c2a4-9000-7a01-9c3d-6e5f4a3b2c01";
    static final String PICTURE = "0198c2a4-9000-7a01-9c3d-6e5f4a3b2d01";
    private static final String PNG = "iVBORw0KGgoAAAANSUhEUgAAADwAAAAoCAIAAAAt2Q6oAAASIElEQVR42g3OAYv5DADA4feb/LskSZIk6ZIkSZIk/brOzMzMzMzMzMzMLEnSpc"
            + "v3fe/5BM9//4Z8DEkMSQ5JDUkPyQzJDskNyQ8pDCkOKQ0pD/kcUhlSHVIbUh/SGNIc0hrSHtIZ0h3SG9IfMhjCkK8h30OEIeIQaYg8RBmiDtGG"
            + "6EOMIeYQa4g9xBniDvGG+EOCIeGQaEg85DrkNuQ+5DHkOeRnyGvI75D3kP/+CXwIJASSAimBtEBGICuQE8gLFASKAiWBssCnQEWgKlATqAs0BJ"
            + "oCLYG2QEegK9AT6AsMBBD4EvgWEAREAUlAFlAEVAFNQBcwBEwBS8AWcARcAU/AFwgEQoFIIBa4CtwE7gIPgafAj8BL4FfgLfylR3yMSIxIjkiN"
            + "SI/IjMiOyI3IjyiMKI4ojSiP+BxRGVEdURtRH9EY0RzRGtEe0RnRHdEb0R8xGMGIrxHfI4QR4ghphDxCGaGO0EboI4wR5ghrhD3CGeGO8Eb4I4"
            + "IR4YhoRDziOuI24j7iMeI54mfEa8TviPfoLy3yIZIQSYqkRNIiGZGsSE4kL1IQKYqURMoinyIVkapITaQu0hBpirRE2iIdka5IT6QvMhBB5Evk"
            + "W0QQEUUkEVlEEVFFNBFdxBAxRSwRW8QRcUU8EV8kEAlFIpFY5CpyE7mLPESeIj8iL5Ffkbf4lx7zMSYxJjkmNSY9JjMmOyY3Jj+mMKY4pjSmPO"
            + "ZzTGVMdUxtTH1MY0xzTGtMe0xnTHdMb0x/zGAMY77GfI8RxohjpDHyGGWMOkYbo48xxphjrDH2GGeMO8Yb448JxoRjojHxmOuY25j7mMeY55if"
            + "Ma8xv2Pe47+0xIdEQiIpkZJIS2QkshI5ibxEQaIoUZIoS3xKVCSqEjWJukRDoinRkmhLdCS6Ej2JvsRAAokviW8JQUKUkCRkCUVCldAkdAlDwp"
            + "SwJGwJR8KV8CR8iUAilIgkYomrxE3iLvGQeEr8SLwkfiXe0l96wseExITkhNSE9ITMhOyE3IT8hMKE4oTShPKEzwmVCdUJtQn1CY0JzQmtCe0J"
            + "nQndCb0J/QmDCUz4mvA9QZggTpAmyBOUCeoEbYI+wZhgTrAm2BOcCe4Eb4I/IZgQTogmxBOuE24T7hMeE54Tfia8JvxOeE/+0jIfMgmZpExKJi"
            + "2TkcnK5GTyMgWZokxJpizzKVORqcrUZOoyDZmmTEumLdOR6cr0ZPoyAxlkvmS+ZQQZUUaSkWUUGVVGk9FlDBlTxpKxZRwZV8aT8WUCmVAmkoll"
            + "rjI3mbvMQ+Yp8yPzkvmVect/6SkfUxJTklNSU9JTMlOyU3JT8lMKU4pTSlPKUz6nVKZUp9Sm1Kc0pjSntKa0p3SmdKf0pvSnDKYw5WvK9xRhij"
            + "hFmiJPUaaoU7Qp+hRjijnFmmJPcaa4U7wp/pRgSjglmhJPuU65TblPeUx5TvmZ8pryO+U9/UsrfCgkFJIKKYW0QkYhq5BTyCsUFIoKJYWywqdC"
            + "RaGqUFOoKzQUmgothbZCR6Gr0FPoKwwUUPhS+FYQFEQFSUFWUBRUBU1BVzAUTAVLwVZwFFwFT8FXCBRChUghVrgq3BTuCg+Fp8KPwkvhV+Gt/K"
            + "VnfMxIzEjOSM1Iz8jMyM7IzcjPKMwozijNKM/4nFGZUZ1Rm1Gf0ZjRnNGa0Z7RmdGd0ZvRnzGYwYyvGd8zhBniDGmGPEOZoc7QZugzjBnmDGuG"
            + "PcOZ4c7wZvgzghnhjGhGPOM64zbjPuMx4znjZ8Zrxu+M9+wvrfKhklBJqqRU0ioZlaxKTiWvUlApqpRUyiqfKhWVqkpNpa7SUGmqtFTaKh2Vrk"
            + "pPpa8yUEHlS+VbRVARVSQVWUVRUVU0FV3FUDFVLBVbxVFxVTwVXyVQCVUilVjlqnJTuas8VJ4qPyovlV+Vt/qXnvMxJzEnOSc1Jz0nMyc7Jzcn"
            + "P6cwpzinNKc853NOZU51Tm1OfU5jTnNOa057TmdOd05vTn/OYA5zvuZ8zxHmiHOkOfIcZY46R5ujzzHmmHOsOfYcZ447x5vjzwnmhHOiOfGc65"
            + "zbnPucx5znnJ85rzm/c97zv7TGh0ZCI6mR0khrZDSyGjmNvEZBo6hR0ihrfGpUNKoaNY26RkOjqdHSaGt0NLoaPY2+xkADjS+Nbw1BQ9SQNGQN"
            + "RUPV0DR0DUPD1LA0bA1Hw9XwNHyNQCPUiDRijavGTeOu8dB4avxovDR+Nd7aX3rBx4LEguSC1IL0gsyC7ILcgvyCwoLigtKC8oLPBZUF1QW1Bf"
            + "UFjQXNBa0F7QWdBd0FvQX9BYMFLPha8L1AWCAukBbIC5QF6gJtgb7AWGAusBbYC5wF7gJvgb8gWBAuiBbEC64LbgvuCx4Lngt+FrwW/C54L/7S"
            + "Oh86CZ2kTkonrZPRyerkdPI6BZ2iTkmnrPOpU9Gp6tR06joNnaZOS6et09Hp6vR0+joDHXS+dL51BB1RR9KRdRQdVUfT0XUMHVPH0rF1HB1Xx9"
            + "PxdQKdUCfSiXWuOjedu85D56nzo/PS+dV563/pJR9LEkuSS1JL0ksyS7JLckvySwpLiktKS8pLPpdUllSX1JbUlzSWNJe0lrSXdJZ0l/SW9JcM"
            + "lrDka8n3EmGJuERaIi9RlqhLtCX6EmOJucRaYi9xlrhLvCX+kmBJuCRaEi+5LrktuS95LHku+VnyWvK75L38Sxt8GCQMkgYpg7RBxiBrkDPIGx"
            + "QMigYlg7LBp0HFoGpQM6gbNAyaBi2DtkHHoGvQM+gbDAww+DL4NhAMRAPJQDZQDFQDzUA3MAxMA8vANnAMXAPPwDcIDEKDyCA2uBrcDO4GD4On"
            + "wY/By+DX4G38pVd8rEisSK5IrUivyKzIrsityK8orCiuKK0or/hcUVlRXVFbUV/RWNFc0VrRXtFZ0V3RW9FfMVjBiq8V3yuEFeIKaYW8Qlmhrt"
            + "BW6CuMFeYKa4W9wlnhrvBW+CuCFeGKaEW84rrituK+4rHiueJnxWvF74r36i9t8mGSMEmapEzSJhmTrEnOJG9SMCmalEzKJp8mFZOqSc2kbtIw"
            + "aZq0TNomHZOuSc+kbzIwweTL5NtEMBFNJBPZRDFRTTQT3cQwMU0sE9vEMXFNPBPfJDAJTSKT2ORqcjO5mzxMniY/Ji+TX5O3+Zde87EmsSa5Jr"
            + "UmvSazJrsmtya/prCmuKa0przmc01lTXVNbU19TWNNc01rTXtNZ013TW9Nf81gDWu+1nyvEdaIa6Q18hpljbpGW6OvMdaYa6w19hpnjbvGW+Ov"
            + "CdaEa6I18Zrrmtua+5rHmueanzWvNb9r3uu/tMWHRcIiaZGySFtkLLIWOYu8RcGiaFGyKFt8WlQsqhY1i7pFw6Jp0bJoW3QsuhY9i77FwAKLL4"
            + "tvC8FCtJAsZAvFQrXQLHQLw8K0sCxsC8fCtfAsfIvAIrSILGKLq8XN4m7xsHha/Fi8LH4t3tZfesPHhsSG5IbUhvSGzIbshtyG/IbChuKG0oby"
            + "hs8NlQ3VDbUN9Q2NDc0NrQ3tDZ0N3Q29Df0Ngw1s+NrwvUHYIG6QNsgblA3qBm2DvsHYYG6wNtgbnA3uBm+DvyHYEG6INsQbrhtuG+4bHhueG3"
            + "42vDb8bnhv/tI2HzYJm6RNyiZtk7HJ2uRs8jYFm6JNyaZs82lTsana1GzqNg2bpk3Lpm3Tsena9Gz6NgMbbL5svm0EG9FGspFtFBvVRrPRbQwb"
            + "08aysW0cG9fGs/FtApvQJrKJba42N5u7zcPmafNj87L5tXnbf+ktH1sSW5JbUlvSWzJbsltyW/JbCluKW0pbyls+t1S2VLfUttS3NLY0t7S2tL"
            + "d0tnS39Lb0twy2sOVry/cWYYu4Rdoib1G2qFu0LfoWY4u5xdpib3G2uFu8Lf6WYEu4JdoSb7luuW25b3lseW752fLa8rvlvf1LO3w4JBySDimH"
            + "tEPGIeuQc8g7FByKDiWHssOnQ8Wh6lBzqDs0HJoOLYe2Q8eh69Bz6DsMHHD4cvh2EBxEB8lBdlAcVAfNQXcwHEwHy8F2cBxcB8/BdwgcQofIIX"
            + "a4Otwc7g4Ph6fDj8PL4dfh7fyld3zsSOxI7kjtSO/I7MjuyO3I7yjsKO4o7Sjv+NxR2VHdUdtR39HY0dzR2tHe0dnR3dHb0d8x2MGOrx3fO4Qd"
            + "4g5ph7xD2aHu0HboO4wd5g5rh73D2eHu8Hb4O4Id4Y5oR7zjuuO2477jseO542fHa8fvjvfuL+3y4ZJwSbqkXNIuGZesS84l71JwKbqUXMouny"
            + "4Vl6pLzaXu0nBpurRc2i4dl65Lz6XvMnDB5cvl20VwEV0kF9lFcVFdNBfdxXAxXSwX28VxcV08F98lcAldIpfY5epyc7m7PFyeLj8uL5dfl7f7"
            + "l97zsSexJ7kntSe9J7Mnuye3J7+nsKe4p7SnvOdzT2VPdU9tT31PY09zT2tPe09nT3dPb09/z2APe772fO8R9oh7pD3yHmWPukfbo+8x9ph7rD"
            + "32HmePu8fb4+8J9oR7oj3xnuue2577nsee556fPa89v3ve+7+0x4dHwiPpkfJIe2Q8sh45j7xHwaPoUfIoe3x6VDyqHjWPukfDo+nR8mh7dDy6"
            + "Hj2PvsfAA48vj28PwUP0kDxkD8VD9dA8dA/Dw/SwPGwPx8P18Dx8j8Aj9Ig8Yo+rx83j7vHweHr8eLw8fj3e3l/6wMeBxIHkgdSB9IHMgeyB3I"
            + "H8gcKB4oHSgfKBzwOVA9UDtQP1A40DzQOtA+0DnQPdA70D/QODAxz4OvB9QDggHpAOyAeUA+oB7YB+wDhgHrAO2AecA+4B74B/IDgQHogOxAeu"
            + "B24H7gceB54Hfg68DvweeB/+0j4fPgmfpE/KJ+2T8cn65HzyPgWfok/Jp+zz6VPxqfrUfOo+DZ+mT8un7dPx6fr0fPo+Ax98vny+fQQf0UfykX"
            + "0UH9VH89F9DB/Tx/KxfRwf18fz8X0Cn9An8ol9rj43n7vPw+fp8+Pz8vn1eft/6SMfRxJHkkdSR9JHMkeyR3JH8kcKR4pHSkfKRz6PVI5Uj9SO"
            + "1I80jjSPtI60j3SOdI/0jvSPDI5w5OvI9xHhiHhEOiIfUY6oR7Qj+hHjiHnEOmIfcY64R7wj/pHgSHgkOhIfuR65HbkfeRx5Hvk58jrye+R9/E"
            + "sHfAQkApIBqYB0QCYgG5ALyAcUAooBpYBywGdAJaAaUAuoBzQCmgGtgHZAJ6Ab0AvoBwwCCPgK+A4QAsQAKUAOUALUAC1ADzACzAArwA5wAtwA"
            + "L8APCALCgCggDrgG3ALuAY+AZ8BPwCvgN+Ad/KVPfJxInEieSJ1In8icyJ7IncifKJwoniidKJ/4PFE5UT1RO1E/0TjRPNE60T7ROdE90TvRPz"
            + "E4wYmvE98nhBPiCemEfEI5oZ7QTugnjBPmCeuEfcI54Z7wTvgnghPhiehEfOJ64nbifuJx4nni58TrxO+J9+kvHfIRkghJhqRC0iGZkGxILiQf"
            + "UggphpRCyiGfIZWQakgtpB7SCGmGtELaIZ2QbkgvpB8yCCHkK+Q7RAgRQ6QQOUQJUUO0ED3ECDFDrBA7xAlxQ7wQPyQICUOikDjkGnILuYc8Qp"
            + "4hPyGvkN+Qd/iXPvNxJnEmeSZ1Jn0mcyZ7Jncmf6ZwpnimdKZ85vNM5Uz1TO1M/UzjTPNM60z7TOdM90zvTP/M4Axnvs58nxHOiGekM/IZ5Yx6"
            + "RjujnzHOmGesM/YZ54x7xjvjnwnOhGeiM/GZ65nbmfuZx5nnmZ8zrzO/Z97nv3TER0QiIhmRikhHZCKyEbmIfEQhohhRiihHfEZUIqoRtYh6RC"
            + "OiGdGKaEd0IroRvYh+xCCCiK+I7wghQoyQIuQIJUKN0CL0CCPCjLAi7Agnwo3wIvyIICKMiCLiiGvELeIe8Yh4RvxEvCJ+I97RX/rCx4XEheSF"
            + "1IX0hcyF7IXchfyFwoXihdKF8oXPC5UL1Qu1C/ULjQvNC60L7QudC90LvQv9C4MLXPi68H1BuCBekC7IF5QL6gXtgn7BuGBesC7YF5wL7gXvgn"
            + "8huBBeiC7EF64XbhfuFx4Xnhd+Lrwu/F54X/7SMR8xiZhkTComHZOJycbkYvIxhZhiTCmmHPMZU4mpxtRi6jGNmGZMK6Yd04npxvRi+jGDGGK+"
            + "Yr5jhBgxRoqRY5QYNUaL0WOMGDPGirFjnBg3xovxY4KYMCaKiWOuMbeYe8wj5hnzE/OK+Y15x/wPmBeRR8xZHIQAAAAASUVORK5CYII=";

    final MockWebServer server = new MockWebServer();
    final List<String> calls = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    /** The {@code If-Match} of each call; empty where it had none. */
    final List<String> matches = new ArrayList<>();
    private final Map<String, MockResponse> says = new LinkedHashMap<>();

    Said() throws IOException {
        server.setDispatcher(this);
        server.start(TestApp.PORT);
    }

    synchronized Said say(String methodAndPath, int status, String json) {
        says.put(methodAndPath, new MockResponse().setResponseCode(status).setHeader("Content-Type", "application/json").setBody(json));
        return this;
    }

    /** The same with a version. */
    synchronized Said say(String methodAndPath, int status, String json, String etag) {
        say(methodAndPath, status, json);
        says.get(methodAndPath).setHeader("ETag", etag);
        return this;
    }

    static byte[] png() {
        return java.util.Base64.getDecoder().decode(PNG);
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest request) {
        String call = request.getMethod() + " " + request.getPath();
        calls.add(call);
        bodies.add(request.getBody().readUtf8());
        matches.add(request.getHeader("If-Match") == null ? "" : request.getHeader("If-Match"));
        return says.keySet().stream().filter(call::startsWith).max(java.util.Comparator.comparingInt(String::length))
                .map(says::get).orElseGet(() -> new MockResponse().setResponseCode(404));
    }

    /** What a case looks like, in English or Welsh. */
    Said everything(String language) {
        boolean cy = language.equals("cy");
        String stage = cy ? "Mae rhywun wedi’i gyhuddo." : "Somebody has been charged.";
        String summary = "'id': '" + CASE + "', 'crime_reference': 'NS/20417/27', 'force': {'code': 'northshire', 'name': 'Northshire'}, "
                + "'role': 'victim', 'stage': {'code': 'charged', 'words': '" + stage + "', 'language': '" + language + "'}, "
                + "'next_expected_update': '2027-03-12', 'updated_at': '2027-03-04T10:00:00Z'";
        say("POST /v1/sign-in/activations", 202, j("{'expires_in': 600, 'detail': '" + (cy ? "Rydym wedi anfon cod atoch. Mae’n para 10 munud."
                : "We have sent you a code. It lasts 10 minutes.") + "'}"));
        say("POST /v1/sign-in/codes", 202, j("{'expires_in': 600, 'detail': '" + (cy ? "Os ydym yn gwybod y rhif hwn, mae cod ar ei ffordd."
                : "If we know this number, a code is on its way.") + "'}"));
        say("POST /v1/sign-in/tokens", 200, j("{'access_token': 'a-1', 'token_type': 'Bearer', 'expires_in': 600, 'refresh_token': 'r-1234567890'}"));
        say("GET /v1/me", 200, j("{'account_id': '0198c2a4-6b02-7a10-8d44-2f9e1c0b7a01', 'cases': [], 'may': [], 'has_pin': false, 'language': '"
                + language + "', 'discreet_mode': false}"));
        say("GET /v1/me/cases", 200, j("{'items': [{" + summary + "}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE, 200, j("{" + summary + ", 'officer': {'name': 'DC Amira Khan'}}"));
        say("GET /v1/me/cases/" + CASE + "/timeline", 200, j("{'items': [{'id': '0198c2a4-7c00-7e11-8a2b-1c2d3e4f5a03', "
                + "'occurred_at': '2027-03-04T10:00:00Z', 'kind': 'suspect_charged', 'headline': '" + stage + "'}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE + "/hearings", 200, j("{'items': [{'id': '" + DATE + "', 'state': 'listed', 'kind': 'trial', 'what': '"
                + (cy ? "treial" : "trial") + "', 'starts_at': '2027-03-30T09:00:00Z', 'when_words': '"
                + (cy ? "Dydd Mawrth 30 Mawrth 2027, 10:00" : "Tuesday 30 March 2027, 10:00") + "', 'court': {'name': '"
                + (cy ? "Llys y Goron Northmoor" : "Northmoor Crown Court") + "', 'room': '2', 'address': '1 Example Street, Northmoor'}, "
                + "'required': true, 'required_words': '" + (cy ? "Mae angen i chi fod yno." : "You need to be there.") + "', 'as_at': "
                + "'2027-03-08T17:30:00Z', 'as_at_words': '" + (cy ? "Fel y dywedwyd wrthym ddydd Llun 8 Mawrth 2027" : "As we were told on Monday 8 March 2027") + "'}]}"));
        say("PUT /v1/me/hearings/" + DATE + "/attendance", 200, j("{'answer': 'yes', 'answered_at': '2027-03-04T18:02:10Z', 'version': 1, 'next': '"
                + (cy ? "Diolch am roi gwybod i ni." : "Thank you for telling us.") + "'}"), "\"h2\"");
        say("GET /v1/me/cases/" + CASE + "/call-backs", 200, j("{'items': [{'id': '0198c2a4-9000-7a01-9c3d-6e5f4a3b2c01', 'case_id': '" + CASE
                + "', 'reason': 'question', 'state': 'asked', 'asked_at': '2027-03-04T18:02:10Z', 'due_at': '2027-03-05T10:30:00Z', "
                + "'withhold_number': false, 'language': '" + language + "', 'next': '" + (cy ? "Diolch. Bydd rhywun yn eich ffonio."
                : "Thank you. Somebody rings you.") + "'}], 'next_cursor': null}"));
        say("GET /v1/me/cases/" + CASE + "/statements", 200, j("{'items': [], 'next_cursor': null, 'may_add': true}"));
        written(language, cy);
        say("GET /v1/me/devices", 200, j("{'items': [{'id': '0198c2a4-70aa-7d31-a6c0-9b8f7e6d5c01', 'name': 'Pixel 9', 'platform': 'android', "
                + "'signed_in_at': '2027-03-01T09:12:44Z', 'last_seen_at': '2027-03-04T18:02:10Z', 'this_device': true}, "
                + "{'id': '0198c2a4-70aa-7d31-a6c0-9b8f7e6d5c02', 'name': 'Galaxy A15', 'platform': 'android', "
                + "'signed_in_at': '2027-03-01T09:12:44Z', 'last_seen_at': '2027-03-02T18:02:10Z', 'this_device': false}], 'next_cursor': null}"));
        say("GET /v1/me/access-log", 200, j("{'items': [{'at': '2027-03-04T10:12:00Z', 'what': '" + (cy ? "Darllen eich manylion" : "Read your details")
                + "', 'by': 'staff', 'force': 'Northshire', 'roles': ['" + (cy ? "Swyddog gofal tystion" : "Witness care officer") + "']}], 'next_cursor': null}"));
        say("POST /v1/exit", 204, "");
        return this;
    }

    private void written(String language, boolean cy) {
        String contact = "{'language': '" + language + "', 'discreet_mode': true, 'channels': [{'channel': 'push', 'safety': 'unknown'}, "
                + "{'channel': 'sms', 'safety': 'safe', 'confirmed_on': '2027-02-01'}, {'channel': 'email', 'confirmed': false, 'safety': 'unknown'}, "
                + "{'channel': 'call', 'safety': 'unsafe'}], 'safe_times': [{'day': 'monday', 'from': '18:30', 'to': '21:00'}], "
                + "'quiet_hours': {'from': '21:00', 'to': '08:00'}, 'telling': 'weekly_summary', 'urgent_news': {'by': 'call', 'at_night': true}, "
                + "'voicemail': false, 'word_set': true, 'accessibility_needs': ['interpreter'], 'interpreter_language': 'pl', "
                + "'kept_back': ['may_also_be_told'], 'paused': false}";
        say("GET /v1/me/contact-preferences", 200, j(contact), "\"7\"");
        String conversation = "/v1/me/cases/" + CASE + "/messages";
        say("GET " + conversation, 200, j("{'items': [{'id': '0198c2a4-9000-7c01-9c3d-6e5f4a3b2c03', 'from': 'staff', 'body': '"
                + (cy ? "Cewch. Dewch at y drws ochr." : "Yes. Come to the side entrance.") + "', 'sent_at': '2027-03-05T10:12:00Z', "
                + "'nobody_has_read_this_yet': false, 'attachments': [{'id': '" + PICTURE + "', 'name': 'map.png', 'type': 'image/png', 'size': 900, "
                + "'state': 'ready'}]}, {'id': '0198c2a4-9000-7c01-9c3d-6e5f4a3b2c01', 'from': 'person', 'body': '"
                + (cy ? "Gaf i ddod â’m chwaer?" : "Can I bring my sister?") + "', 'sent_at': '2027-03-04T18:02:10Z', "
                + "'nobody_has_read_this_yet': true}], 'next_cursor': null, 'to': 'witness_care', 'before_you_write': {'emergency': '"
                + (cy ? "Nid yw hyn ar gyfer argyfyngau. Os ydych mewn perygl nawr, ffoniwch 999." : "This is not for emergencies. If you are in "
                + "danger now, ring 999.") + "', 'read_when': '" + (cy ? "Darllenir negeseuon o ddydd Llun i ddydd Gwener, 9am i 5pm." : "Messages are "
                + "read Monday to Friday, 9am to 5pm.") + "', 'may_be_shown': '" + (cy ? "Efallai y bydd yn rhaid i staff ddangos yr hyn a ysgrifennwch."
                : "Staff may have to show what you write.") + "'}, 'replies_usually_take': {'known': true, 'minutes': 240, 'words': '"
                + (cy ? "Fel arfer mae ateb yn cymryd tua 4 awr." : "Replies usually take about 4 hours.") + "'}, 'open_now': true, 'out_of_office': "
                + "{'until': '2027-03-10T09:00:00Z', 'words': '" + (cy ? "I ffwrdd tan ddydd Mercher; mae cydweithiwr yn darllen." : "Away until "
                + "Wednesday; a colleague reads.") + "'}, 'danger': {'title': '" + (cy ? "Gwybodaeth" : "Information") + "', 'dismissible': true, "
                + "'nobody_has_read_this_yet': true, 'words': '" + (cy ? "Anfonwyd eich neges. Does neb wedi’i darllen eto." : "Your message was sent. "
                + "Nobody has read it so far.") + "', 'ways': [{'kind': 'call_999', 'words': '" + (cy ? "Ffoniwch 999." : "Call 999.")
                + "', 'number': '999'}, {'kind': 'silent_solution', 'words': '" + (cy ? "Os na allwch siarad: pwyswch 55." : "If you cannot speak: "
                + "press 55.") + "', 'number': '999'}, {'kind': 'text_999', 'words': '" + (cy ? "Neu anfonwch neges at 999." : "Or text 999.")
                + "', 'number': '999'}]}}"), "\"c1\"");
        says.put("GET " + conversation + "/attachments/" + PICTURE, new MockResponse().setHeader("Content-Type", "image/png")
                .setBody(new okio.Buffer().write(png())));
        say("POST " + conversation, 201, j("{'id': '0198c2a4-9000-7c01-9c3d-6e5f4a3b2c09', 'from': 'person', 'body': '', "
                + "'sent_at': '2027-03-05T18:02:10Z', 'nobody_has_read_this_yet': true, 'next': '" + (cy ? "Diolch. Mae gyda ni." : "Thank you. It is "
                + "with us.") + "'}"));
        say("POST " + conversation + "/0198c2a4-9000-7c01-9c3d-6e5f4a3b2c03/read", 204, "");
        say("POST " + conversation + "/attachments", 201, j("{'id': '" + PICTURE + "', 'name': 'photo.png', 'type': 'image/png', 'size': 900, "
                + "'state': 'ready'}"));
        say("GET /v1/me/cases/" + CASE + "/call-back-slots", 200, j("{'free': [{'from': '2027-03-05T10:00:00Z', 'to': '2027-03-05T10:30:00Z'}, "
                + "{'from': '2027-03-08T11:00:00Z', 'to': '2027-03-08T11:30:00Z'}]}"));
        say("GET /v1/me/call-backs/" + CALL, 200, j("{'id': '" + CALL + "', 'case_id': '" + CASE + "', 'reason': 'question', 'state': 'booked', "
                + "'asked_at': '2027-03-04T18:02:10Z', 'due_at': '2027-03-05T10:30:00Z', 'slot': {'from': '2027-03-05T10:00:00Z', "
                + "'to': '2027-03-05T10:30:00Z'}, 'withhold_number': false, 'language': '" + language + "', 'next': '" + (cy ? "Diolch. Bydd rhywun yn "
                + "eich ffonio." : "Thank you. Somebody rings you.") + "'}"), "\"k1\"");
        say("GET /v1/me/cases/" + CASE + "/availability", 200, j("{'dates_to_avoid': [{'from': '2027-05-03', 'to': '2027-05-14'}], "
                + "'given_at': '2027-03-04T18:02:10Z', 'words_left_out': true}"), "\"a1\"");
        say("GET /v1/me/cases/" + CASE + "/needs", 200, j("{'screens': true, 'live_link': false, 'interpreter': {'language': 'pl'}, "
                + "'separate_waiting': true, 'expenses': false, 'visit_before': false, 'given_at': '2027-03-04T18:02:10Z'}"), "\"n1\"");
        say("GET /v1/me/hearings/" + DATE + "/attendance", 200, j("{'version': 1, 'answer': 'need_to_talk', 'answered_at': '2027-03-04T18:02:10Z'}"),
                "\"h1\"");
    }

    private static String j(String singleQuoted) {
        return singleQuoted.replace('\'', '"');
    }
}
