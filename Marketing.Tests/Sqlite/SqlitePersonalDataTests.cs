using Marketing.Tests.Contracts;

namespace Marketing.Tests.Sqlite;

public sealed class SqlitePersonalDataTests : PersonalDataContract
{
    protected override Task<ILogStores> OpenAsync() => SqliteLogStores.OpenAsync();
}
