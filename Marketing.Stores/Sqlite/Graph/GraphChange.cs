using Marketing.Domain;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>The result of a transaction: some users' new edges; null when a user has none left.</summary>
/// <param name="Users">Each user's edges as bytes.</param>
/// <param name="SavedNames">The number of campaign names in the file after it.</param>
internal readonly record struct GraphChange(Dictionary<UserId, byte[]?> Users, int SavedNames);
