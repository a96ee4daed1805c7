namespace Marketing.Recommender.Users;

/// <summary>What an erasure removed.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Interactions">Interactions removed from the log.</param>
/// <param name="Profile">Whether attributes were stored.</param>
public sealed record ErasureReport(string UserId, long Interactions, bool Profile);
