using Marketing.Domain.Ports;
using Marketing.Stores.BigQuery;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Marketing.Tests.Stores.BigQuery;

public sealed class BigQueryEngagementStoreTests : EngagementStoreContract
{
    protected override async Task<IEngagementStores> OpenAsync()
    {
        var stores = new Stores(await Server.RequiredAsync("bigquery"));
        await stores.ReopenAsync();
        return stores;
    }

    /// <summary>A separate data set in the project that the connection string names.</summary>
    private sealed class Stores(string connectionString) : IEngagementStores
    {
        private readonly string _dataset = $"test_{Guid.NewGuid():N}";
        private readonly FakeTimeProvider _time = new(Sample.Noon);
        private IHost? _host;

        public IEngagementStore Engagement => _host!.Services.GetRequiredService<IEngagementStore>();

        public Task SettleAsync() => Task.CompletedTask;

        public async Task ReopenAsync()
        {
            await DisposeAsync();
            _time.Advance(TimeSpan.FromSeconds(1)); // a restart takes longer than a microsecond
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddInMemoryCollection(
            [
                new("ConnectionStrings:bigquery", $"{connectionString};Dataset={_dataset}"),
                new("BigQuery:CacheDuration", "00:00:00"),
            ]);
            builder.Services.AddSingleton<TimeProvider>(_time);
            builder.AddBigQueryEngagement();
            _host = builder.Build();
            await _host.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (_host is not null)
            {
                await _host.StopAsync();
                _host.Dispose();
            }
        }
    }
}
