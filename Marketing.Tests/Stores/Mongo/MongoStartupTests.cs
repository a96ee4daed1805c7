namespace Marketing.Tests.Stores.Mongo;

public sealed class MongoStartupTests
{
    /// <summary>Like the API and the workers when everything starts at once.</summary>
    [Fact]
    public async Task Programs_that_start_together_on_a_new_database_all_start()
    {
        for (int round = 0; round < 5; round++)
        {
            await MongoLogStores.StartTogetherAsync(4);
        }
    }
}
