namespace Marketing.Projections.Users;

/// <summary>The result of an erasure.</summary>
/// <param name="UserId">The erased user.</param>
/// <param name="Interactions">Interactions removed from the log.</param>
/// <param name="Profile">Whether the user had attributes.</param>
/// <param name="Done">Completed steps: attributes, log, deadLetters, each projection, cache.</param>
/// <param name="Remaining">Failed steps, which are retried in the background until they succeed; empty if all are done.</param>
public sealed record ErasureReport(
    string UserId, long Interactions, bool Profile, IReadOnlyList<string> Done, IReadOnlyList<string> Remaining);
