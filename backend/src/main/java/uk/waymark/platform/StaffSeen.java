package uk.waymark.platform;

/** Told of each request by a member of staff, before anything is done for it. */
public interface StaffSeen {

    /** @param staff as their force's identity provider says in the token of this request */
    void seen(Caller.Staff staff);
}
