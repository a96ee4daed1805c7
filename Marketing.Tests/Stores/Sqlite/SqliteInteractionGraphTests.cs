using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteInteractionGraphTests : InteractionGraphContract
{
    protected override Task<IGraphStore> OpenAsync() => Task.FromResult<IGraphStore>(new SqliteProjectionStores());
}
