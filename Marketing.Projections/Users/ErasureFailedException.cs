namespace Marketing.Projections.Users;

/// <summary>An erasure could not be recorded or resumed; see the inner exception.</summary>
public sealed class ErasureFailedException(Exception reason)
    : Exception("The erasure is not done, and has to be asked for again.", reason);
