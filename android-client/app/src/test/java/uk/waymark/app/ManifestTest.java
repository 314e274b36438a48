package uk.waymark.app;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import android.content.pm.ApplicationInfo;
import android.content.pm.ComponentInfo;
import android.content.pm.PackageInfo;
import android.content.pm.PackageManager;
import android.content.pm.PermissionInfo;
import android.content.pm.ServiceInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.annotation.Config;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xmlpull.v1.XmlPullParser;

/** What the phone is told of the app, with everything that its libraries add to it. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35, application = TestApp.class)
public class ManifestTest {
    private static final String ANDROID = "http://schemas.android.com/apk/res/android";

    private static PackageInfo app() throws Exception {
        return Phone.app().getPackageManager().getPackageInfo("uk.waymark.app", PackageManager.GET_ACTIVITIES | PackageManager.GET_SERVICES
                | PackageManager.GET_RECEIVERS | PackageManager.GET_PROVIDERS | PackageManager.GET_PERMISSIONS | PackageManager.GET_META_DATA
                | PackageManager.MATCH_DISABLED_COMPONENTS);
    }

    /** The merged manifest as a text, for what the package manager does not say. */
    private static Element merged() throws Exception {
        Properties built = new Properties();
        try (var in = ManifestTest.class.getResourceAsStream("/com/android/tools/test_config.properties")) {
            built.load(in);
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(built.getProperty("android_merged_manifest")).getDocumentElement();
    }

    private static List<Element> all(Element in, String name) {
        NodeList found = in.getElementsByTagName(name);
        List<Element> all = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            all.add((Element) found.item(i));
        }
        return all;
    }

    @Test
    public void nothing_is_backed_up_or_moved_to_another_phone() throws Exception {
        ApplicationInfo app = app().applicationInfo;
        assertEquals(0, app.flags & ApplicationInfo.FLAG_ALLOW_BACKUP);
        assertNull(app.backupAgentName);
        Element application = all(merged(), "application").get(0);
        assertEquals("false", application.getAttributeNS(ANDROID, "fullBackupContent"));
        assertEquals("@xml/nothing_leaves", application.getAttributeNS(ANDROID, "dataExtractionRules"));
        Map<String, Set<String>> stays = new TreeMap<>();
        XmlPullParser rules = Phone.app().getResources().getXml(R.xml.nothing_leaves);
        String way = "";
        for (int event = rules.next(); event != XmlPullParser.END_DOCUMENT; event = rules.next()) {
            if (event == XmlPullParser.START_TAG) {
                assertFalse("nothing is let out", rules.getName().equals("include"));
                if (rules.getName().equals("exclude")) {
                    assertNull("all of it", rules.getAttributeValue(null, "path"));
                    stays.computeIfAbsent(way, w -> new TreeSet<>()).add(rules.getAttributeValue(null, "domain"));
                }
                way = rules.getName().equals("exclude") ? way : rules.getName();
            }
        }
        Set<String> everything = Set.of("root", "file", "database", "sharedpref", "external");
        assertEquals(Map.of("cloud-backup", everything, "device-transfer", everything), stays);
    }

    @Test
    public void nothing_goes_in_clear_text_and_the_release_cannot_be_debugged() throws Exception {
        ApplicationInfo app = app().applicationInfo;
        assertEquals(0, app.flags & ApplicationInfo.FLAG_USES_CLEARTEXT_TRAFFIC);
        assertEquals(0, app.flags & ApplicationInfo.FLAG_DEBUGGABLE);
        assertEquals(0, app.flags & ApplicationInfo.FLAG_TEST_ONLY);
        assertEquals(35, app.targetSdkVersion);
        assertEquals(26, app.minSdkVersion);
    }

    @Test
    public void there_is_one_way_in_and_it_takes_nothing_with_it() throws Exception {
        PackageInfo app = app();
        Set<String> open = new TreeSet<>();
        Set<String> held = new TreeSet<>();
        Stream.of(app.activities, app.services, app.receivers).flatMap(Stream::of).filter(c -> c.exported).forEach(c -> {
            String permission = permission(c);
            (permission == null ? open : held).add(permission == null ? c.name : permission);
        });
        assertEquals(Set.of("uk.waymark.app.WaymarkIcon", "uk.waymark.app.DiscreetIcon"), open);
        assertEquals("what only the phone itself and Google's services may call", Set.of("android.permission.DUMP",
                "android.permission.BIND_JOB_SERVICE", "com.google.android.c2dm.permission.SEND"), held);
        for (var provider : app.providers) {
            assertFalse(provider.name, provider.exported || provider.grantUriPermissions);
        }
        for (PermissionInfo own : app.permissions) {
            assertEquals(own.name, PermissionInfo.PROTECTION_SIGNATURE, own.getProtection());
        }
        Element merged = merged();
        assertEquals("no links into it", List.of(), all(merged, "data"));
        for (Element alias : all(merged, "activity-alias")) {
            assertEquals(List.of("android.intent.action.MAIN"), names(alias, "action"));
            assertEquals(List.of("android.intent.category.LAUNCHER"), names(alias, "category"));
        }
        for (Element screen : all(merged, "activity")) {
            assertEquals("only by the aliases", List.of(), all(screen, "intent-filter"));
        }
    }

    private static String permission(ComponentInfo component) {
        return component instanceof ServiceInfo service ? service.permission : ((android.content.pm.ActivityInfo) component).permission;
    }

    private static List<String> names(Element in, String element) {
        return all(in, element).stream().map(e -> e.getAttributeNS(ANDROID, "name")).toList();
    }

    @Test
    public void one_icon_is_there_at_a_time() throws Exception {
        List<String> enabled = Stream.of(app().activities).filter(a -> a.exported && a.enabled).map(a -> a.name).toList();
        assertEquals(List.of("uk.waymark.app.WaymarkIcon"), enabled);
    }

    @Test
    public void nothing_is_measured() throws Exception {
        for (String library : List.of("com.google.firebase.analytics.FirebaseAnalytics", "com.google.android.gms.measurement.AppMeasurement",
                "com.google.firebase.crashlytics.FirebaseCrashlytics", "com.google.firebase.perf.FirebasePerformance",
                "com.google.android.gms.ads.identifier.AdvertisingIdClient")) {
            assertThrows(library, ClassNotFoundException.class, () -> Class.forName(library));
        }
        var said = app().applicationInfo.metaData;
        for (String name : List.of("firebase_messaging_auto_init_enabled", "firebase_analytics_collection_enabled",
                "delivery_metrics_exported_to_big_query_enabled")) {
            assertTrue(name, said.containsKey(name));
            assertFalse(name, said.getBoolean(name, true));
        }
        assertTrue("Firebase is begun by the app, for the force that was chosen",
                Stream.of(app().providers).noneMatch(p -> p.name.contains("firebase")));
        assertEquals("WorkManager is made by the app when it is first used", List.of(), Stream.of(app().providers)
                .filter(p -> p.metaData != null && p.metaData.containsKey("androidx.work.WorkManagerInitializer")).map(p -> p.name).toList());
    }

    @Test
    public void it_asks_for_what_the_documentation_says_and_for_nothing_else() throws Exception {
        String documented = Files.readString(Path.of("../../docs/android.md"));
        String table = documented.substring(documented.indexOf("## What each permission is for"));
        table = table.substring(0, table.indexOf("\n## "));
        Set<String> names = new HashSet<>();
        for (String row : table.split("\n")) {
            Matcher name = Pattern.compile("`([\\w.]+)`").matcher(row.startsWith("|") ? row.split("\\|")[1] : "");
            while (name.find()) {
                names.add(name.group(1).contains(".") ? name.group(1) : "android.permission." + name.group(1));
            }
        }
        assertEquals(new TreeSet<>(names), new TreeSet<>(List.of(app().requestedPermissions)));
    }
}
