using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteInteractionLogTests : InteractionLogContract
{
    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();
}
