namespace Marketing.Projections.Users;

/// <summary>An erasure could not be recorded or resumed; see the inner exception.</summary>
public sealed class ErasureFailedException(Exception reason)
    : Exception("The erasure did not complete and must be requested again.", reason);
