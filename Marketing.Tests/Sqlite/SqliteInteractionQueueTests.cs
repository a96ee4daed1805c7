using Marketing.Tests.Contracts;

namespace Marketing.Tests.Sqlite;

public sealed class SqliteInteractionQueueTests : InteractionQueueContract
{
    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();
}
