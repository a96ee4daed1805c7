using Marketing.Tests.Contracts;

namespace Marketing.Tests.Stores.Sqlite;

public sealed class SqlitePersonalDataTests : PersonalDataContract
{
    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();
}
