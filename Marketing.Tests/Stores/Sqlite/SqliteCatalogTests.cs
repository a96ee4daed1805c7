using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqliteCatalogTests : CatalogContract
{
    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();
}
