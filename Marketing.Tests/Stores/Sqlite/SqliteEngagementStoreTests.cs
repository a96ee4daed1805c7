using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteEngagementStoreTests : EngagementStoreContract
{
    protected override Task<IEngagementStores> OpenAsync() => Task.FromResult<IEngagementStores>(new SqliteProjectionStores());
}
