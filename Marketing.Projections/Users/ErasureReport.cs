using Marketing.Domain;

namespace Marketing.Projections.Users;

/// <summary>What an erasure removed.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Interactions">Interactions removed from the log.</param>
/// <param name="Profile">Whether attributes were stored.</param>
/// <param name="Done">What has nothing of the user any more: attributes, log, deadLetters, each projection, cache.</param>
/// <param name="Remaining">What failed and is tried again in the background until it is done; empty when all is done.</param>
public sealed record ErasureReport(
    string UserId, long Interactions, bool Profile, IReadOnlyList<string> Done, IReadOnlyList<string> Remaining);
