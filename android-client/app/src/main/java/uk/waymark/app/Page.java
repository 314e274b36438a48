package uk.waymark.app;

import android.graphics.Typeface;
import android.text.InputFilter;
import android.text.InputType;
import android.util.TypedValue;
import android.view.View;
import android.view.ViewGroup;
import android.view.inputmethod.EditorInfo;
import android.widget.LinearLayout;
import android.widget.RadioGroup;
import android.widget.TextView;
import androidx.core.view.ViewCompat;
import com.google.android.material.button.MaterialButton;
import com.google.android.material.card.MaterialCardView;
import com.google.android.material.materialswitch.MaterialSwitch;
import com.google.android.material.radiobutton.MaterialRadioButton;
import com.google.android.material.textfield.TextInputEditText;
import com.google.android.material.textfield.TextInputLayout;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Puts texts, fields and buttons below each other: everything wraps, nothing is lower than a finger needs, whatever the type size. */
final class Page {
    private final LinearLayout column;

    Page(LinearLayout column) {
        this.column = column;
    }

    Page clear() {
        column.removeAllViews();
        return this;
    }

    TextView heading(String text) {
        TextView view = text(text, com.google.android.material.R.attr.textAppearanceTitleMedium);
        view.setTypeface(view.getTypeface(), Typeface.BOLD);
        ViewCompat.setAccessibilityHeading(view, true);
        return view;
    }

    TextView text(String text) {
        return text(text, com.google.android.material.R.attr.textAppearanceBodyLarge);
    }

    /** Words that can be taken over into another field. */
    TextView selectable(String text) {
        TextView view = text(text);
        view.setTextIsSelectable(true);
        view.setMinHeight(dp(48));
        return view;
    }

    private TextView text(String text, int appearance) {
        TextView view = new TextView(column.getContext());
        TypedValue style = new TypedValue();
        column.getContext().getTheme().resolveAttribute(appearance, style, true);
        view.setTextAppearance(style.resourceId);
        view.setText(text);
        add(view);
        return view;
    }

    MaterialButton button(String text, Runnable action) {
        return button(new MaterialButton(column.getContext()), text, action);
    }

    /** One that is not the first thing to do here. */
    MaterialButton quiet(String text, Runnable action) {
        return button(new MaterialButton(column.getContext(), null, com.google.android.material.R.attr.materialButtonOutlinedStyle), text, action);
    }

    private MaterialButton button(MaterialButton button, String text, Runnable action) {
        button.setText(text);
        button.setMinHeight(dp(48));
        button.setOnClickListener(v -> Screen.act(v.getContext(), action));
        add(button);
        return button;
    }

    MaterialSwitch choice(String text, boolean on, Consumer<Boolean> changed) {
        MaterialSwitch view = new MaterialSwitch(column.getContext());
        view.setText(text);
        view.setChecked(on);
        view.setMinHeight(dp(48));
        view.setOnCheckedChangeListener((v, now) -> changed.accept(now));
        add(view);
        return view;
    }

    /** A field. @param type one of {@link InputType}; nothing that is typed is learnt by the keyboard or offered to be filled in */
    TextInputEditText field(String label, int type, int longest) {
        TextInputLayout layout = new TextInputLayout(column.getContext(), null, com.google.android.material.R.attr.textInputOutlinedStyle);
        layout.setHintEnabled(false); // a label inside the field would be cut off in large type
        TextInputEditText field = new TextInputEditText(layout.getContext());
        field.setId(View.generateViewId());
        text(label, com.google.android.material.R.attr.textAppearanceBodyMedium).setLabelFor(field.getId());
        field.setInputType(type | ((type & InputType.TYPE_MASK_CLASS) == InputType.TYPE_CLASS_TEXT ? InputType.TYPE_TEXT_FLAG_NO_SUGGESTIONS : 0));
        field.setImeOptions(EditorInfo.IME_FLAG_NO_PERSONALIZED_LEARNING | EditorInfo.IME_FLAG_NO_EXTRACT_UI);
        field.setFilters(new InputFilter[] {new InputFilter.LengthFilter(longest)});
        field.setImportantForAutofill(View.IMPORTANT_FOR_AUTOFILL_NO);
        field.setSaveEnabled(false);
        field.setMinHeight(dp(56));
        layout.addView(field, new LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT));
        add(layout);
        return field;
    }

    /** A field of several lines. */
    TextInputEditText words(String label, int longest, int lines) {
        TextInputEditText field = field(label, InputType.TYPE_CLASS_TEXT | InputType.TYPE_TEXT_FLAG_MULTI_LINE
                | InputType.TYPE_TEXT_FLAG_CAP_SENTENCES, longest);
        field.setMinLines(lines);
        field.setGravity(android.view.Gravity.TOP | android.view.Gravity.START);
        return field;
    }

    /** One of several, each in a line of its own. @param on from 0; -1 for none yet @param chosen is given the new one */
    RadioGroup oneOf(List<String> words, int on, IntConsumer chosen) {
        RadioGroup group = new RadioGroup(column.getContext());
        for (int i = 0; i < words.size(); i++) {
            int which = i;
            MaterialRadioButton button = new MaterialRadioButton(column.getContext());
            button.setId(View.generateViewId());
            button.setText(words.get(i));
            button.setMinHeight(dp(48));
            button.setSaveEnabled(false);
            group.addView(button, new RadioGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT));
            button.setChecked(i == on);
            button.setOnCheckedChangeListener((view, now) -> {
                if (now) {
                    chosen.accept(which);
                }
            });
        }
        add(group);
        return group;
    }

    /** Whether a section of this page is still there. */
    boolean has(Page section) {
        return section != null && section.column.getParent() == column;
    }

    /** Something else, such as a picture. */
    <T extends View> T put(T view) {
        add(view);
        return view;
    }

    /** A place that can be filled and cleared by itself. */
    Page section() {
        LinearLayout inside = new LinearLayout(column.getContext());
        inside.setOrientation(LinearLayout.VERTICAL);
        add(inside);
        return new Page(inside);
    }

    /** A card; what is put on the page that it answers is inside. */
    Page card() {
        return card(null);
    }

    /** A card that does something when it is touched; null for nothing. */
    Page card(Runnable action) {
        MaterialCardView card = new MaterialCardView(column.getContext());
        LinearLayout inside = new LinearLayout(column.getContext());
        inside.setOrientation(LinearLayout.VERTICAL);
        inside.setPadding(dp(16), dp(8), dp(16), dp(16));
        inside.setMinimumHeight(dp(48));
        card.addView(inside);
        if (action != null) {
            card.setClickable(true);
            card.setFocusable(true);
            card.setOnClickListener(v -> action.run());
        }
        add(card);
        return new Page(inside);
    }

    private void add(View view) {
        LinearLayout.LayoutParams size = new LinearLayout.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT);
        size.topMargin = dp(8);
        column.addView(view, size);
    }

    private int dp(int value) {
        return Math.round(TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_DIP, value, column.getResources().getDisplayMetrics()));
    }
}
