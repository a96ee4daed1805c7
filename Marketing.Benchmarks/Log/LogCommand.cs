using System.Diagnostics;
using System.Globalization;
using Marketing.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Marketing.Benchmarks.Log;

/// <summary><c>-- log [rows] [users] [batch]</c>: measures each write and read of the embedded stores against a raw insert loop.</summary>
internal static class LogCommand
{
    private const int Campaigns = 1_000;

    public static async Task<int> RunAsync(string[] args)
    {
        int rows = Argument(args, 0, 1_000_000);
        int users = Argument(args, 1, 100_000);
        int batch = Argument(args, 2, 10_000);
        var world = World.Make(rows, users, Campaigns, seed: 1);
        Console.WriteLine($"{rows:N0} interactions, {users:N0} users, {Campaigns:N0} campaigns, batches of {batch:N0}, synchronous=FULL");
        string folder = Directory.CreateTempSubdirectory("marketing-benchmark-").FullName;
        try
        {
            Time("raw loop, key only", rows, () => RawLoop.Run(Path.Combine(folder, "raw.db"), world, batch, indexed: false));
            Time("raw loop, with index and queue", rows, () => RawLoop.Run(Path.Combine(folder, "indexed.db"), world, batch, indexed: true));
            using (var host = Build(folder))
            {
                await new StoreRuns(host.Services, world, batch).WriteAsync();
            }

            using (var host = Build(folder))
            {
                await new StoreRuns(host.Services, world, batch).ReadAsync();
            }

            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.db").OrderBy(f => f.Name))
            {
                Console.WriteLine($"{file.Name,-36} {file.Length / 1e6,10:N0} MB  {file.Length / (double)rows,8:N0} bytes per row");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    public static void Time(string name, int count, Action action) =>
        TimeAsync(name, count, () =>
        {
            action();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();

    /// <summary>Prints the rate and the CPU time per operation, which stays comparable on a shared machine.</summary>
    public static async Task TimeAsync(string name, int count, Func<Task> action)
    {
        long start = Stopwatch.GetTimestamp();
        var processor = Environment.CpuUsage.TotalTime;
        await action();
        processor = Environment.CpuUsage.TotalTime - processor;
        var elapsed = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"{name,-36} {count / elapsed.TotalSeconds,12:N0}/s {elapsed.TotalMicroseconds / count,10:N2} µs {processor.TotalMicroseconds / count,10:N2} µs of CPU");
    }

    private static IHost Build(string folder)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Storage:DataDirectory", folder)]);
        builder.AddMarketingStores();
        return builder.Build();
    }

    private static int Argument(string[] args, int position, int otherwise) =>
        args.Length > position ? int.Parse(args[position], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;
}
