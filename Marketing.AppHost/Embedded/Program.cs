using System.Reflection;

// Without Aspire there is nothing to orchestrate: the API hosts everything on its embedded stores. Run it in this process, not
// in a child process, so that signals, exit codes and crashes reach the command that the user typed.
var apiDirectory = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
    .First(attribute => attribute.Key == "ApiDirectory").Value!;

string[] asTheApi =
[
    "--applicationName=Marketing.Api",
    $"--contentRoot={(Directory.Exists(apiDirectory) ? apiDirectory : AppContext.BaseDirectory)}",
    "--Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=None", // It would log a stack trace after the message below.
];

try
{
    var exitCode = AppDomain.CurrentDomain.ExecuteAssemblyByName(new AssemblyName("Marketing.Api"), [.. asTheApi, .. args]);
    return exitCode != 0 ? exitCode : Environment.ExitCode;
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync($"Marketing did not start: {failure.Message}");
    return 1;
}
