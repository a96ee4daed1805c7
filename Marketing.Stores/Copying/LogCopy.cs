using Marketing.Domain.Ports;
using Marketing.Projections.Audit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Stores.Copying;

/// <summary>Opens both logs, each as its own program would, and copies.</summary>
internal sealed class LogCopy(IConfiguration configuration) : ILogCopy
{
    private const string Mongo = "ConnectionStrings:mongodb";

    public async Task<CopyResult> RunAsync(bool toMongo, ICopyProgress progress, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(configuration[Mongo]))
        {
            throw new StoreStartupException("Set ConnectionStrings:mongodb to the database, such as mongodb://user:password@host:27017/marketing.");
        }

        using var embedded = await OpenAsync(isMongo: false, cancellationToken);
        using var mongo = await OpenAsync(isMongo: true, cancellationToken);
        var (source, target) = toMongo ? (embedded, mongo) : (mongo, embedded);
        var run = new CopyRun(
            source.Services.GetRequiredService<ICopyStore>(), target.Services.GetRequiredService<ICopyStore>(), progress,
            () => source.Services.GetRequiredService<AuditRecorder>().RecordAsync(
                AuditAction.LogCopy, AuditActor.CommandLine, address: null, new AuditTarget(toMongo ? "mongodb" : "embedded"), outcome: 200));
        try
        {
            return await run.RunAsync(cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new StoreStartupException($"{error.Message} Run the copy again: it continues where it stopped.", error);
        }
    }

    private async Task<IHost> OpenAsync(bool isMongo, CancellationToken cancellationToken)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(configuration.AsEnumerable().Where(setting =>
            setting.Value is not null && (isMongo || !setting.Key.Equals(Mongo, StringComparison.OrdinalIgnoreCase))));
        builder.AddCopyStore().AddAudit();
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
