using Marketing.Domain;

namespace Marketing.Stores.Sqlite.Graph;

/// <summary>What a transaction makes of some users' edges; null: none are left.</summary>
/// <param name="Users">The users' edges as bytes.</param>
/// <param name="SavedNames">Campaign names that are in the file after it.</param>
internal readonly record struct GraphChange(Dictionary<UserId, byte[]?> Users, int SavedNames);
