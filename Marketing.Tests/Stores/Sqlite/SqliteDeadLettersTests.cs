using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteDeadLettersTests : DeadLettersContract
{
    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();
}
