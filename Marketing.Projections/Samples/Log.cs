using Microsoft.Extensions.Logging;

namespace Marketing.Projections.Samples;

internal static partial class Log
{
    [LoggerMessage(4301, LogLevel.Information, "Loaded the sample world: {Campaigns} campaigns, {Interactions} interactions")]
    public static partial void SampleWorldLoaded(ILogger logger, int campaigns, int interactions);
}
