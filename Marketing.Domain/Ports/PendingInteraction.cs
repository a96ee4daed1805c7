using System.Diagnostics;

namespace Marketing.Domain.Ports;

/// <summary>A leased interaction.</summary>
/// <param name="Interaction">The interaction to project.</param>
/// <param name="Attempt">1 on the first claim, plus one for each later claim.</param>
/// <param name="Trace">The span that made it pending, if its trace is recorded.</param>
public readonly record struct PendingInteraction(Interaction Interaction, int Attempt, ActivityContext? Trace = null);
