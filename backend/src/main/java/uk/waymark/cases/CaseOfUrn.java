package uk.waymark.cases;

import java.util.UUID;

/** A case that a URN stands for. @param urn as the force wrote it; @param urnKey as {@link uk.waymark.platform.Urns#key} has it */
public record CaseOfUrn(UUID caseId, String crimeReference, String urn, String urnKey) { }
