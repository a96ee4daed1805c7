namespace Marketing.Projections.Users;

/// <summary>An erasure could not be noted, or not be resumed; the inner exception says why.</summary>
public sealed class ErasureFailedException(Exception reason)
    : Exception("The erasure is not done, and has to be asked for again.", reason);
