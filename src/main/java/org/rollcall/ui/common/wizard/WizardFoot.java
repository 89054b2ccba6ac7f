package org.rollcall.ui.common.wizard;

import org.rollcall.ui.common.Messages;

/// What the foot of the wizard offers at a step.
///
/// @param cancelLabel words of the left button; empty for none
/// @param leaves      whether that button leaves the wizard; otherwise it goes to [WizardStep#cancelled()]
/// @param asks        whether leaving asks first, for answers that are not done with yet
/// @param back        whether earlier steps may be opened
/// @param nextLabel   words of the right button, a verb with a number where it commits: "Import 1,201 people"
/// @param primary     whether that button is the accent one
public record WizardFoot(String cancelLabel, boolean leaves, boolean asks, boolean back, String nextLabel,
        boolean primary) {
    /// Cancel, Back, Next.
    public static WizardFoot usual() {
        return committing(Messages.get("wizard.next"));
    }

    /// Cancel, Back, and the verb that commits.
    public static WizardFoot committing(String verb) {
        return new WizardFoot(Messages.get("common.cancel"), true, true, true, verb, true);
    }

    /// While the committed work runs: its own cancel, and a way to leave it running.
    public static WizardFoot running(String cancelLabel, String leaveLabel) {
        return new WizardFoot(cancelLabel, false, false, false, leaveLabel, false);
    }

    /// After it is done: Close, and the verb that finishes.
    public static WizardFoot finished(String verb) {
        return new WizardFoot(Messages.get("common.close"), true, false, false, verb, true);
    }
}
