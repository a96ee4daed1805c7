namespace Marketing.Tests.Crash;

/// <summary>The simulated process has crashed.</summary>
internal sealed class CrashedException() : Exception("The process has crashed.");
